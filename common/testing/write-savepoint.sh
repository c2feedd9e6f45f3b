#!/usr/bin/env bash
# Writes the savepoints that the SavepointIT of jobs restore, in place of those of that name, and the uids of the jobs' operators:
#   common/testing/write-savepoint.sh NAME JOB...     e.g. current archive online-metrics pass-through
# A release writes them under its number, and no later one writes over it.
set -euo pipefail
if [[ $# -lt 2 || "$1" == */* ]]; then
  echo "usage: write-savepoint.sh NAME JOB..." >&2
  exit 2
fi
name="$1"
shift
cd "$(dirname "${BASH_SOURCE[0]}")/../.."
modules=()
for job in "$@"; do
  # Those that are no job's of Plumbline stand in common/testing.
  [[ -d "jobs/$job" ]] && modules+=("jobs/$job") || modules+=(common/testing)
done
mvn -q -pl "$(IFS=,; echo "${modules[*]}")" -am verify -Dtest=None -Dsurefire.failIfNoSpecifiedTests=false \
  -Dfailsafe.failIfNoSpecifiedTests=false -Dit.test='*SavepointIT#write*' \
  "-Dsavepoint.name=$name" "-Dsavepoint.jobs=$(IFS=,; echo "$*")"
for i in "${!modules[@]}"; do
  job="${*:$((i + 1)):1}"
  du -sh "${modules[$i]}/src/test/resources/$job/savepoints/$name"
done
