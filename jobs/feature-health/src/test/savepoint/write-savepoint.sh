#!/usr/bin/env bash
# Writes the savepoint of the present version, which later versions must restore: write-savepoint.sh 0.1.0
# Once for each release, and never over one that was released.
set -euo pipefail
version="${1:?usage: write-savepoint.sh VERSION}"
cd "$(dirname "${BASH_SOURCE[0]}")/../../../../.."
exec mvn -q -pl jobs/feature-health -am verify -Dtest=None -Dsurefire.failIfNoSpecifiedTests=false \
  -Dfailsafe.failIfNoSpecifiedTests=false -Dit.test='SavepointIT#writeOne' "-Dsavepoint.version=$version"
