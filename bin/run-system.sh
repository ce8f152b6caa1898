# Sourced by ./bench and ./faults: builds what they need and starts the class $1 with the remaining arguments.
# shellcheck shell=bash

flywatch_run_system() {
  local main=$1 here
  shift
  here=$(cd "$(dirname "${BASH_SOURCE[0]}")/.." && pwd -P)
  # shellcheck source=bin/find-jdk.sh
  . "$here/bin/find-jdk.sh"
  flywatch_find_jdk || exit 1
  local quiet=(--enable-native-access=ALL-UNNAMED)
  [ "$(flywatch_jdk_version "$JAVA_HOME")" -lt 23 ] || quiet+=(--sun-misc-unsafe-memory-access=allow)
  echo "Building Flywatch ..." >&2
  (cd "$here" && MAVEN_OPTS="${quiet[*]} ${MAVEN_OPTS:-}" ./mvnw -q -ntp -Pbench -Dmaven.test.skip=true -Dspotless.check.skip \
    -pl system-tests -am package) || exit 1
  mkdir -p "$here/system-tests/target/tmp"
  # What was called system-tests-*.jar is in target/classes; the libraries in target/lib.
  exec "$JAVA_HOME/bin/java" -Xmx"${FLYWATCH_HEAP:-2g}" "${quiet[@]}" -Djava.io.tmpdir="$here/system-tests/target/tmp" \
    -Dflywatch.home="$here" -cp "$here/system-tests/target/classes:$here/system-tests/target/lib/*" "$main" "$@"
}
