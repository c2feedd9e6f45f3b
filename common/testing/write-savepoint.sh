#!/usr/bin/env bash
# Writes the savepoint that a job's SavepointIT restores, in place of the one of that name:
#   common/testing/write-savepoint.sh JOB [MODULE [NAME]]     e.g. archive, or pass-through common/testing
# MODULE is jobs/JOB, NAME is current. A release writes one under its number, and no later one writes over it.
set -euo pipefail
job="${1:?usage: write-savepoint.sh JOB [MODULE [NAME]]}"
module="${2:-jobs/$job}"
name="${3:-current}"
cd "$(dirname "${BASH_SOURCE[0]}")/../.."
mvn -q -pl "$module" -am verify -Dtest=None -Dsurefire.failIfNoSpecifiedTests=false \
  -Dfailsafe.failIfNoSpecifiedTests=false -Dit.test='*SavepointIT#write' "-Dsavepoint.job=$job" "-Dsavepoint.name=$name"
ls -l "$module/src/test/resources/$job/savepoints/$name"
