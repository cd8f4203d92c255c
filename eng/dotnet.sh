# Sourced by run, test and .ci/run: finds the .NET 10 SDK and keeps its tools quiet and tidy.

export DOTNET_CLI_TELEMETRY_OPTOUT=1 DOTNET_NOLOGO=1 DOTNET_GENERATE_ASPNET_CERTIFICATE=false DOTNET_ADD_GLOBAL_TOOLS_TO_PATH=false
# The product runs without ICU, so the SDK may too.
export DOTNET_SYSTEM_GLOBALIZATION_INVARIANT=1
# No build server stays behind after the command.
export MSBUILDDISABLENODEREUSE=1
quiet_build=(-p:UseSharedCompilation=false)

need_dotnet() {
    local folder
    if ! command -v dotnet >/dev/null; then
        for folder in "${DOTNET_ROOT:-}" "$HOME/.dotnet" /usr/share/dotnet /usr/lib/dotnet /usr/local/share/dotnet; do
            if [[ -n $folder && -x $folder/dotnet ]]; then
                export DOTNET_ROOT=$folder PATH=$folder:$PATH
                break
            fi
        done
    fi
    local where='https://dotnet.microsoft.com/download/dotnet/10.0'
    if ! command -v dotnet >/dev/null; then
        echo "Liandong needs the .NET 10 SDK, and there is no dotnet command here. Get it from $where." >&2
        exit 1
    fi
    local sdks
    sdks=$(dotnet --list-sdks 2>/dev/null | cut -d' ' -f1 || true)
    if ! grep -qE '^10\.0\.[1-9][0-9]{2}' <<<"$sdks"; then
        echo "Liandong needs the .NET 10 SDK; here there is ${sdks:+only SDK }${sdks:-a dotnet command without any SDK}. Get it from $where." | tr '\n' ' ' >&2
        echo >&2
        exit 1
    fi
}
