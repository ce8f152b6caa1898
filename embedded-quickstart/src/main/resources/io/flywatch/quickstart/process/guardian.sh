# Run by sh with: the file of registered processes, and the folder that their command lines name. Waits until standard input
# ends, which is when the launcher is gone, however it went; then ends what is still there of the registered processes.
# A process id can have been given to somebody else meanwhile, so only processes that name our folder are touched.
registry=$1
folder=$2
trap '' INT TERM HUP

word=
while read -r line; do word=$line; done

command_line() {
  if [ -r "/proc/$1/cmdline" ]; then
    tr '\0' ' ' <"/proc/$1/cmdline"
  else
    ps -ww -o command= -p "$1"
  fi
}

ours() {
  { sed -n 's/^\([0-9][0-9]*\) .*/\1/p' "$registry"
    sed -n '1p' "$folder/postgres/data/postmaster.pid"; } 2>/dev/null | sort -u | while read -r pid; do
    [ "$pid" != "$$" ] && case "$(command_line "$pid" 2>/dev/null)" in
      *"$folder"*) echo "$pid" ;;
    esac
  done
}

# To PostgreSQL, TERM means to wait for its clients, INT to end now.
end() {
  for pid in $(ours); do
    case "$(command_line "$pid" 2>/dev/null)" in
      *postgres*-D*) kill -s "$1" "$pid" ;;
      *) kill -s "$2" "$pid" ;;
    esac
  done 2>/dev/null
}

# Twice unless the launcher went in order, as a process that was just being started registers itself a moment later.
end INT TERM
if [ "$word" != orderly ]; then
  sleep 1
  end INT TERM
fi
round=0
while [ -n "$(ours)" ] && [ "$round" -lt 20 ]; do
  sleep 1
  round=$((round + 1))
  [ "$round" -ne 6 ] || end KILL KILL
done
exit 0
