import { fill, openPage } from '../report/page.js'
import { plainPalette } from '../report/palette.js'
import { commandList } from './command-list.js'
import { exampleLines, rowLines, sections } from './help.js'

/** The help of the bare command: where to start. Rendered once by the build, for 80 columns. */
export function renderRootHelp(columns: number): string {
  const page = openPage(columns, true, plainPalette)
  return sections([
    fill(page, 'Connect an SQS queue to a Lambda function, and prove that it works.'),
    ['USAGE', '  sqs-trigger <command> [flags]'],
    ['START HERE', ...exampleLines(page, start)],
    [
      'COMMANDS',
      ...rowLines(
        page,
        commandList.map(({ name, summary }) => ({ left: name, right: summary })),
      ),
    ],
    ['FLAGS', ...rowLines(page, flags)],
  ])
}

const start = [
  { command: 'sqs-trigger demo', does: 'the whole story, without AWS' },
  { command: 'sqs-trigger wire', does: 'answer a few questions' },
  { command: 'sqs-trigger wire orders order-worker', does: 'connect these two' },
]

const flags = [
  { left: '--profile, --region', right: 'account and Region, as for aws-cli' },
  { left: '--dry-run', right: 'show what would be done, change nothing' },
  { left: '--yes', right: 'do not ask for confirmation' },
  { left: '--json', right: 'one JSON document on standard output' },
  { left: '--verbose', right: 'also which calls are made, and where values come from' },
  { left: '--help', right: 'after a command: its flags, examples and exit codes' },
  { left: '--version', right: 'show the version' },
]
