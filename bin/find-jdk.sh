# shellcheck shell=bash
# To be sourced. flywatch_find_jdk finds a JDK of version 21 or newer and exports JAVA_HOME (and puts its bin first in PATH);
# it returns 1 after one line on stderr that says what to install if there is none. Looks at JAVA_HOME, PATH, the usual
# folders of Linux and macOS, SDKMAN, asdf, mise and Homebrew. Works with the bash 3.2 of macOS.

FLYWATCH_JDK_MINIMUM=21

# Prints the major version of the JDK in folder $1; nothing if there is no JDK (a JRE without javac is none).
flywatch_jdk_version() {
  [ -x "$1/bin/javac" ] && [ -x "$1/bin/java" ] || return 0
  local version=""
  if [ -r "$1/release" ]; then
    version=$(sed -n 's/^JAVA_VERSION="\([0-9]*\).*/\1/p' "$1/release" | head -n 1)
  fi
  if [ -z "$version" ]; then
    version=$("$1/bin/java" -version 2>&1 | sed -n 's/.* version "\([0-9]*\).*/\1/p' | head -n 1)
  fi
  printf '%s' "$version"
}

# Prints the folder of the JDK that the java in PATH belongs to, following links.
flywatch_jdk_in_path() {
  local java link
  java=$(command -v javac 2>/dev/null) || return 0
  while [ -L "$java" ]; do
    link=$(readlink "$java")
    case "$link" in
      /*) java=$link ;;
      *) java=$(dirname "$java")/$link ;;
    esac
  done
  (cd "$(dirname "$java")/.." 2>/dev/null && pwd -P)
}

flywatch_find_jdk() {
  local candidate version best="" best_version=0
  # What the user has chosen comes first, if it will do.
  for candidate in "${JAVA_HOME:-}" "$(flywatch_jdk_in_path)"; do
    [ -n "$candidate" ] || continue
    version=$(flywatch_jdk_version "$candidate")
    if [ -n "$version" ] && [ "$version" -ge "$FLYWATCH_JDK_MINIMUM" ]; then
      best=$candidate
      break
    fi
  done
  # Otherwise the newest that is there.
  if [ -z "$best" ]; then
    for candidate in /usr/lib/jvm/* /usr/java/* /opt/*jdk* /opt/java/* /usr/local/*jdk* \
      /Library/Java/JavaVirtualMachines/*/Contents/Home "$HOME"/Library/Java/JavaVirtualMachines/*/Contents/Home \
      /opt/homebrew/opt/openjdk*/libexec/openjdk.jdk/Contents/Home /usr/local/opt/openjdk*/libexec/openjdk.jdk/Contents/Home \
      "$HOME"/.sdkman/candidates/java/* "$HOME"/.jdks/* "$HOME"/.asdf/installs/java/* "$HOME"/.local/share/mise/installs/java/*; do
      [ -d "$candidate" ] || continue
      version=$(flywatch_jdk_version "$candidate")
      if [ -n "$version" ] && [ "$version" -ge "$FLYWATCH_JDK_MINIMUM" ] && [ "$version" -gt "$best_version" ]; then
        best=$candidate
        best_version=$version
      fi
    done
  fi
  if [ -z "$best" ]; then
    echo "Flywatch needs a JDK $FLYWATCH_JDK_MINIMUM or newer and found none: install one (e.g. from https://adoptium.net) or set JAVA_HOME to it." >&2
    return 1
  fi
  JAVA_HOME=$best
  PATH=$best/bin:$PATH
  export JAVA_HOME PATH
}
