import { describe, expect, test } from 'vitest'
import { runProgram } from '../../src/cli/program.js'
import { fakeHost } from './fake-host.js'

/** Runs without an environment, so that nothing can reach AWS: what is refused here is refused before any call. */
async function run(argv: readonly string[], stdin = '') {
  const { host, stdout, stderr } = fakeHost(argv, { stdin, columns: 100 })
  const exitCode = await runProgram(host, new AbortController().signal)
  return { exitCode, stdout: stdout(), stderr: stderr() }
}

const long = 'q'.repeat(10_000)

describe('what cannot be used is named, with what to type instead', () => {
  test.each<[string, readonly string[], readonly string[]]>([
    ['an unknown command', ['stats'], ['Unknown command "stats" – did you mean status?']],
    ['an unknown flag', ['list', '--regoin', 'x'], ['Unknown flag --regoin – did you mean --region?']],
    ['an abbreviated flag', ['list', '--reg', 'x'], ['Unknown flag --reg – did you mean --region?']],
    ['an unknown short flag', ['list', '-x'], ['Unknown flag -x.']],
    ['two unknown flags', ['list', '--aaa', '--bbb'], ['Unknown flag --aaa.']],
    ['a flag of another command', ['list', '--batch-size', '5'], ['Unknown flag --batch-size.']],
    [
      'an unknown word',
      ['list', '--output', 'jsn'],
      ['--output takes text or json, not "jsn" – did you mean json?'],
    ],
    [
      'an unknown state',
      ['wait', 'orders', '--for', 'gone'],
      ['--for takes enabled, disabled, deleted or drained, not "gone".'],
    ],
    [
      'an unknown rule',
      ['preflight', 'a', 'b', '--ignore', 'no-dead-leter-queue'],
      ['did you mean no-dead-letter-queue?'],
    ],
    ['a missing value', ['list', '--region'], ['--region needs a value.', 'for example: --region <name>']],
    ['a missing word', ['list', '--output'], ['--output needs a value.', 'for example: --output text']],
    ['a missing number', ['redrive', 'a', '--peek'], ['--peek needs a value.', 'for example: --peek 10']],
    ['a missing time', ['wait', 'a', '--timeout'], ['--timeout needs a value.', 'for example: --timeout ']],
    [
      'no number',
      ['wire', 'a', 'b', '--batch-size', 'ten'],
      ['--batch-size takes a whole number from 1 to 10000, not "ten".'],
    ],
    ['a fraction', ['wire', 'a', 'b', '--batch-size', '1.5'], ['not "1.5".']],
    [
      'a negative number',
      ['wire', 'a', 'b', '--batch-window', '-1'],
      ['--batch-window takes a whole number from 0 to 300 (seconds), not "-1".'],
    ],
    [
      'a number out of range',
      ['wire', 'a', 'b', '--max-concurrency', '1'],
      [
        '--max-concurrency takes a whole number from 2 to 1000, not "1".',
        'for example: --max-concurrency 10',
      ],
    ],
    ['a hexadecimal number', ['send', 'a', '--count', '0x10'], ['not "0x10".']],
    [
      'no time',
      ['list', '--timeout', 'soon'],
      ['--timeout takes a time up to 24h such as 90s, 2m or 500ms, not "soon".'],
    ],
    ['a negative time', ['list', '--timeout', '-5s'], ['not "-5s".']],
    ['no time at all', ['list', '--timeout', '0'], ['not "0".']],
    ['an empty name', ['status', ''], ['The argument <mapping> is empty.']],
    ['an empty value', ['list', '--queue='], ['--queue is empty.']],
    ['a name of 10,000 characters', ['status', long], ['The argument <mapping> is 10,000 characters long']],
    ['a flag of 10,000 characters', ['list', `--${long}`], ['Unknown flag --qqq', '10002 characters']],
    ['a command of 10,000 characters', [long], ['Unknown command "qqq']],
    [
      'a control character',
      ['status', 'or\u0007ders'],
      ['The argument <mapping> has a control character at position 3: "or\\u0007ders".'],
    ],
    [
      'an escape sequence',
      ['list', '--queue', '\u001b[31mred'],
      ['--queue has a control character at position 1: "\\u001b[31mred".'],
    ],
    [
      'an endpoint that is none',
      ['list', '--endpoint-url', 'localhost:4566'],
      ['--endpoint-url takes an http or https address, not "localhost:4566".'],
    ],
    ['an argument too many', ['list', 'orders'], ['"orders" is one argument too many: list takes none.']],
    [
      'three names',
      ['wire', 'a', 'b', 'c', '--yes'],
      ['"c" is one argument too many: wire takes only [queue] [function].'],
    ],
    [
      'a tag without a value',
      ['wire', 'a', 'b', '--yes', '--tag', 'team'],
      ['--tag takes key=value, not "team".'],
    ],
    ['an empty body', ['send', 'orders', '--body', ''], ['--body is empty']],
    ['flags without a command', ['--region', 'eu-west-1'], ['Flags alone do nothing; a command is needed.']],
    ['--no- of a flag of another command', ['preflight', 'a', 'b', '--no-wait'], ['Unknown flag --no-wait']],
    ['a British switch', ['list', '--no-colour'], ['Unknown flag --no-colour – did you mean --no-color?']],
    ['a switch with a value', ['unwire', 'a', '--yes=maybe'], ['--yes takes no value.']],
    ['a short switch with a value', ['unwire', 'a', '-y=no'], ['-y takes no value.']],
    ['a --no- switch with a value', ['wire', 'a', 'b', '--no-wait=x'], ['--no-wait takes no value.']],
    ['--dry-run where nothing is changed', ['list', '--dry-run'], ['list does not take --dry-run.']],
    ['its short form', ['list', '-n'], ['list does not take --dry-run.']],
    ['--timeout where nothing is waited for', ['list', '--timeout', '5s'], ['list does not take --timeout.']],
    ['a profile for the demo', ['demo', '--profile', 'x'], ['demo does not take --profile.']],
    ['a Region for the demo', ['demo', '--region', 'x'], ['demo does not take --region.']],
    [
      'an endpoint for the sandbox',
      ['sandbox', '--endpoint-url', 'http://127.0.0.1:9'],
      ['sandbox does not take --endpoint-url.'],
    ],
    [
      'no command behind --',
      ['sandbox', '--'],
      ['-- is followed by no command', 'sqs-trigger sandbox -- npm test'],
    ],
    ['a queue name with a blank', ['sandbox', '--queue', 'a b'], ['--queue "a b": SQS has no such name']],
    ['a queue name with a slash', ['sandbox', '--queue', 'bad/name'], ['--queue "bad/name"']],
    ['a queue name that is too long', ['sandbox', '--queue', 'q'.repeat(81)], ['SQS has no such name']],
    [
      'two files for one function',
      ['sandbox', '--function', 'w=package.json', '--function', 'w=README.md'],
      ['--function w is given twice with different files.'],
    ],
    ['json from a command that streams', ['sandbox', '--json'], ['exitCode']],
  ])('%s', async (_, argv, sentences) => {
    const { exitCode, stdout, stderr } = await run(argv)
    expect(exitCode).toBe(2)
    for (const sentence of sentences) expect(`${stdout}${stderr}`.replace(/\n +/g, ' ')).toContain(sentence)
    // biome-ignore lint/suspicious/noControlCharactersInRegex: none may come through
    expect(stderr).not.toMatch(/[\u0000-\u0009\u000b-\u001f]/)
    expect(stderr.length).toBeLessThan(600)
  })
})

describe('flags that contradict each other', () => {
  test.each<[readonly string[], string]>([
    [['list', '-q', '-v'], '--quiet and --verbose contradict each other.'],
    [['list', '--json', '-o', 'text'], '--json and --output text contradict each other.'],
    [['list', '--region', 'a', '--region', 'b'], '--region is given twice, as "a" and as "b".'],
    [['wire', 'a', 'b', '--wait', '--no-wait'], '--wait and --no-wait contradict each other.'],
    [['wire', 'a', 'b', '--send-test', '--no-wait'], '--send-test and --no-wait contradict each other'],
    [
      ['wire', 'a', 'b', '--send-test', '--start-disabled'],
      '--send-test and --start-disabled contradict each other',
    ],
    [['wire', 'a', 'b', '--body', 'x', '--prove'], '--body and --prove need --send-test.'],
    [
      ['wire', 'a', 'b', '--yes', '--minimum-pollers', '9', '--maximum-pollers', '3'],
      '--minimum-pollers 9 and --maximum-pollers 3 contradict each other.',
    ],
    [
      ['wire', 'a', 'b', '--yes', '--tag', 'a=1', '--tag', 'a=2'],
      '--tag "a" is given twice with different values.',
    ],
    [
      ['send', 'a', '--count', '2', '--deduplication-id', 'd'],
      '--deduplication-id and --count 2 contradict each other',
    ],
  ])('%j', async (argv, sentence) => {
    const { exitCode, stdout, stderr } = await run(argv)
    expect(exitCode).toBe(2)
    expect(`${stdout}${stderr}`.replace(/\n +/g, ' ')).toContain(sentence)
  })
})

describe('without a terminal everything that is missing is named at once', () => {
  test.each<[readonly string[], string, string]>([
    [
      ['wire'],
      'The queue, the function and --yes (or --dry-run) are needed',
      "sqs-trigger wire '<queue>' '<function>' --yes",
    ],
    [
      ['wire', 'orders'],
      'The function and --yes (or --dry-run) are needed',
      "sqs-trigger wire orders '<function>' --yes",
    ],
    [['wire', 'orders', 'worker'], '--yes (or --dry-run) is needed', 'sqs-trigger wire orders worker --yes'],
    [
      ['wire', '--dry-run'],
      'The queue and the function are needed',
      "sqs-trigger wire --dry-run '<queue>' '<function>'",
    ],
    [['preflight', 'orders'], 'The function is needed', "sqs-trigger preflight orders '<function>'"],
    [
      ['unwire'],
      'The mapping and --yes (or --dry-run) are needed',
      "sqs-trigger unwire '<mapping-or-queue>' --yes",
    ],
    [
      ['unwire', 'orders', 'worker', '--profile', 'my dev', '--timeout', '5m'],
      '--yes (or --dry-run) is needed',
      "sqs-trigger unwire orders worker --profile 'my dev' --timeout 5m --yes",
    ],
    [
      ['wire', '--batch-size', '5', '--', 'orders'],
      'The function and --yes (or --dry-run) are needed',
      "sqs-trigger wire --batch-size 5 --yes -- orders '<function>'",
    ],
    [
      ['wait', '--for', 'deleted'],
      'The mapping is needed',
      "sqs-trigger wait --for deleted '<mapping-or-queue>'",
    ],
    [['status'], 'The mapping is needed', "sqs-trigger status '<mapping-or-queue>'"],
    [['send'], 'The queue is needed', "sqs-trigger send '<queue>'"],
  ])('%j', async (argv, sentence, command) => {
    const { exitCode, stdout, stderr } = await run(argv)
    expect([exitCode, stdout]).toEqual([2, ''])
    expect(stderr.replace(/\n +/g, ' ')).toContain(
      `${sentence}, and nobody can be asked: standard input is not a terminal.`,
    )
    // The line that helps most stands last.
    expect(stderr.trimEnd().split('\n').at(-1)?.trim()).toBe(command)
  })
})

test.each([
  [['list']],
  [['status', 'orders']],
  [['wire', 'a', 'b', '--yes']],
  [['preflight', 'a', 'b']],
  [['send', 'a']],
  [['unwire', 'a', '--yes']],
])('no Region ends %j with 4', async (argv) => {
  const { exitCode, stdout, stderr } = await run(argv)
  expect([exitCode, stdout]).toEqual([4, ''])
  expect(stderr).toContain('No AWS Region is set.')
})
