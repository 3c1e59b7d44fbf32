import { didYouMean } from '../../suggest.js'
import { scriptFor, shells } from '../completion/shells.js'
import { defineCommand } from '../define-command.js'
import { quoted, usageError } from '../usage-error.js'

export default defineCommand({
  name: 'completion',
  positionals: {
    shell: {
      summary: `${shells.slice(0, -1).join(', ')} or ${shells.at(-1)}`,
      required: true,
      choices: shells,
    },
  },
  summary: 'Print what makes a shell complete commands, flags and values',
  description:
    'Prints a short script for your shell. Once it has run, the tab key completes commands, flags, their values, names of rules, Regions, and profiles of your AWS configuration; nobody is asked for them, not AWS either. To try it in this shell only: eval "$(sqs-trigger completion bash)".',
  options: {},
  examples: [
    { command: 'sqs-trigger completion bash >> ~/.bashrc', does: 'install it for every new bash' },
    { command: 'sqs-trigger completion zsh >> ~/.zshrc', does: 'for zsh, below the line with compinit' },
    {
      command: 'sqs-trigger completion fish > ~/.config/fish/completions/sqs-trigger.fish',
      does: 'for fish',
    },
  ],
  exitCodes: [],
  local: true,
  formats: ['text'],
  run: async ({ positionals: { shell: typed } }) => {
    const shell = shells.find((name) => name === typed)
    if (shell !== undefined) return { kind: 'said', lines: scriptFor(shell).split('\n') }
    const [first, ...others] = shells.map((name) => `sqs-trigger completion ${name}`)
    throw usageError(
      typed === undefined
        ? 'the shell is needed'
        : `there is no completion for ${quoted(typed)}${didYouMean(typed, shells)}`,
      [first, ...others].join('\n'),
    )
  },
})
