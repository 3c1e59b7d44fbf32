import { choice, duration, flag, negatable, text, type Values } from './options.js'

/** Forms of the answer; a command says which it has. */
export const outputFormats = [
  'text',
  'json',
  'ndjson',
  'junit',
  'sarif',
  'github',
  'markdown',
  'mermaid',
  'html',
] as const
export type OutputFormat = (typeof outputFormats)[number]

/** What every command understands. The help of a command shows of the group Behaviour what it obeys. */
export const globalOptions = {
  timeout: duration({ summary: 'give up waiting after this time', group: 'Behaviour' }),
  yes: flag({ summary: 'do not ask for confirmation', short: 'y', group: 'Behaviour' }),
  input: negatable({
    summary: 'ask for nothing; fail where an answer is missing',
    group: 'Behaviour',
    on: true,
  }),
  dryRun: flag({ summary: 'show what would be done, change nothing', short: 'n', group: 'Behaviour' }),
  output: choice(outputFormats, { summary: 'form of the answer', short: 'o', group: 'Output' }),
  json: flag({ summary: 'the same as --output json', group: 'Output' }),
  query: text({
    summary: 'only this part of the JSON document: a JMESPath expression, as for aws-cli',
    placeholder: 'expression',
    group: 'Output',
    free: true,
  }),
  quiet: flag({ summary: 'only the answer and errors', short: 'q', group: 'Output' }),
  verbose: flag({
    summary: 'also checks that passed, the calls of AWS, and where values come from',
    short: 'v',
    group: 'Output',
  }),
  debug: flag({ summary: 'also request ids, times, and the stack of errors', group: 'Output' }),
  color: negatable({ summary: 'no colours', group: 'Output', on: true }),
  ascii: flag({ summary: 'plain ASCII instead of symbols', group: 'Output' }),
  accessible: negatable({
    summary:
      'for screen readers: questions answered by lines, words for symbols, nothing repainted (also ACCESSIBLE=1)',
    group: 'Output',
  }),
  profile: text({
    summary: 'profile of the AWS configuration',
    placeholder: 'name',
    group: 'AWS',
    completes: 'profile',
  }),
  region: text({ summary: 'AWS Region', placeholder: 'name', group: 'AWS', completes: 'region' }),
  endpointUrl: text({
    summary: 'send every call here instead of to AWS, such as to the sandbox',
    placeholder: 'url',
    group: 'AWS',
  }),
  caBundle: text({
    summary: 'certificates to trust instead of the usual ones',
    placeholder: 'file',
    group: 'AWS',
    completes: 'file',
  }),
  connectTimeout: duration({ summary: 'limit for opening a connection', group: 'AWS', hidden: true }),
  readTimeout: duration({ summary: 'limit for an answer of AWS', group: 'AWS', hidden: true }),
  help: flag({ summary: 'show this help', short: 'h' }),
  version: flag({ summary: 'show the version', short: 'V' }),
} as const

export type GlobalValues = Values<typeof globalOptions>
