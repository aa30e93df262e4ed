using System.CommandLine;
using InceptionMl.Internal;

namespace InceptionMl.Cli;

/// <summary><c>completion bash|zsh|fish|pwsh</c>: a script by which a shell completes the tool's command lines.</summary>
internal static class CompletionVerb
{
    private static readonly string[] Shells = ["bash", "zsh", "fish", "pwsh"];

    public static Command Create(CommandContext context)
    {
        Argument<string> shell = new("shell") { Description = $"The shell: {ParseProblems.Choice(Shells)}." };
        shell.CompletionSources.Add(Shells);
        Command verb = new("completion", "Write the script that lets a shell complete verbs, options and words: source <(inceptionml completion bash).") { shell };
        verb.SetAction(parsed =>
        {
            string given = parsed.GetRequiredValue(shell);
            context.Output.Write(given.ToLowerInvariant() switch
            {
                "bash" => Bash,
                "zsh" => Zsh,
                "fish" => Fish,
                "pwsh" or "powershell" => PowerShell,
                _ => throw new UsageException($"There is no script for '{given}'"
                    + (NearestName.Find(given, Shells) is { } near ? $"; did you mean {near}?" : $": it may be {ParseProblems.Choice(Shells)}.")),
            });
            return ExitStatus.Done;
        });
        return verb;
    }

    // Each asks the tool itself, so that a script never lags behind it; what the tool does not know is a file's name.
    private static string Bash => $$"""
        # Completion of {{HelpPage.Tool}} for bash. In ~/.bashrc: source <({{HelpPage.Tool}} completion bash)
        _{{HelpPage.Tool}}_complete() {
            local current="${COMP_WORDS[COMP_CWORD]}" IFS=$'\n'
            COMPREPLY=($(compgen -W "$({{HelpPage.Tool}} "[suggest:${COMP_POINT}]" "${COMP_LINE}" 2>/dev/null)" -- "$current"))
        }
        complete -o bashdefault -o default -F _{{HelpPage.Tool}}_complete {{HelpPage.Tool}}

        """;

    private static string Zsh => $$"""
        # Completion of {{HelpPage.Tool}} for zsh. In ~/.zshrc, after compinit: source <({{HelpPage.Tool}} completion zsh)
        _{{HelpPage.Tool}}() {
            local -a words_known
            words_known=("${(@f)$({{HelpPage.Tool}} "[suggest:${#BUFFER}]" "${BUFFER}" 2>/dev/null)}")
            words_known=("${(@)words_known:#}")
            compadd -a words_known
            _files
        }
        compdef _{{HelpPage.Tool}} {{HelpPage.Tool}}

        """;

    private static string Fish => $$"""
        # Completion of {{HelpPage.Tool}} for fish. In ~/.config/fish/config.fish: {{HelpPage.Tool}} completion fish | source
        function __{{HelpPage.Tool}}_complete
            set -l line (commandline -cp)
            {{HelpPage.Tool}} "[suggest:"(string length -- "$line")"]" "$line" 2>/dev/null
        end
        complete -c {{HelpPage.Tool}} -a "(__{{HelpPage.Tool}}_complete)"

        """;

    private static string PowerShell => $$"""
        # Completion of {{HelpPage.Tool}} for PowerShell. In $PROFILE: {{HelpPage.Tool}} completion pwsh | Out-String | Invoke-Expression
        Register-ArgumentCompleter -Native -CommandName {{HelpPage.Tool}} -ScriptBlock {
            param($wordToComplete, $commandAst, $cursorPosition)
            {{HelpPage.Tool}} "[suggest:$cursorPosition]" "$commandAst" 2>$null |
                Where-Object { $_ -like "$wordToComplete*" } |
                ForEach-Object { [System.Management.Automation.CompletionResult]::new($_, $_, 'ParameterValue', $_) }
        }

        """;
}
