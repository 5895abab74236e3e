# Sourced by the functions' start scripts: sets root, java, options and classpath.
# Java is this zip's own, a layer's, that of WANSPEC_JAVA_HOME, or the managed runtime's.
root=${LAMBDA_TASK_ROOT:-$(CDPATH='' cd -- "$(dirname -- "$0")" && pwd -P)}

java=
for home in "$root/runtime" /opt/runtime "${WANSPEC_JAVA_HOME:-}" "${JAVA_HOME:-}" /var/lang; do
    if [ -n "$home" ] && [ -x "$home/bin/java" ]; then
        java=$home/bin/java
        break
    fi
done
if [ -z "$java" ]; then
    echo "no Java: add the runtime's layer, or set WANSPEC_JAVA_HOME to a JDK 25" >&2
    exit 1
fi

# Few threads for few cores, and code that is compiled once, quickly: a function lives for minutes.
options='-XX:+UseSerialGC -XX:TieredStopAtLevel=1 -XX:MaxRAMPercentage=75 -XX:+ExitOnOutOfMemoryError'
options="$options --enable-native-access=ALL-UNNAMED --sun-misc-unsafe-memory-access=allow"
# Classes as this very Java has loaded and linked them before; it says nothing and goes on without, if they do not fit.
if [ -f "$root/app.aot" ]; then
    options="$options -XX:AOTCache=$root/app.aot -Xlog:aot=off -Xlog:cds=off"
fi
# For measurements only: these in place of the above.
if [ -n "${WANSPEC_START_OPTIONS:-}" ]; then
    options=$WANSPEC_START_OPTIONS
fi

# In a fixed order, which the cache depends on.
LC_ALL=C
export LC_ALL
classpath=
for jar in "$root"/lib/*.jar; do
    classpath=$classpath${classpath:+:}$jar
done
