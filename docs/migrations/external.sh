#!/bin/sh
# A tool of your own that reports to Flywatch: ./external.sh MIGRATION [URL]
set -eu
runs="${2:-http://127.0.0.1:8080}/api/v1/migrations/$1/runs"

# One run per start of the tool. The key makes a repeated call harmless; the answer's Location is the run.
run=$(curl -fsS -X POST -H "Idempotency-Key: import-$(date +%s)" -D - -o /dev/null "$runs" |
    tr -d '\r' | sed -n 's/^[Ll]ocation: //p')
case $run in http*) ;; *) run="${runs%/api/*}$run" ;; esac

tell() { curl -fsS -X POST -o /dev/null -H 'Content-Type: application/json' -d "$2" "$run/$1"; }

# Whatever ends the tool is told, so that nobody waits for a run that is gone.
trap 'tell finish "{\"outcome\": \"failed\", \"message\": \"ended by exit code $?\"}"' EXIT

for done in 100 200 300; do
    # … here the tool moves a hundred rows …
    # Counts are totals since the run began, so a report may be sent twice or get lost.
    tell progress "{\"tables\": [{\"table\": \"customers\", \"rows\": $done, \"total\": 300}], \"errors\": 0}"
done

trap - EXIT
tell finish '{"outcome": "succeeded"}'
echo "$run"
