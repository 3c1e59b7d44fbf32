import { SqsTriggerError } from '../errors.js'

/** What the story needs of the sandbox and of the program that tells it. */
export interface Stage {
  /** Types one command of this tool and shows what it prints. Returns its exit code. */
  type(words: readonly string[]): Promise<number>
  /** The same command's JSON document, not shown. */
  ask(words: readonly string[]): Promise<DemoDocument>
  /** Moves the sandbox's clock on and waits until nothing is under way. */
  later(ms: number): Promise<void>
  heading(text: string): void
  say(text: string): void
}

/** The members of the JSON document that the story looks at. */
interface DemoDocument {
  readonly exitCode: number
  readonly findings: readonly { readonly rule: string; readonly status: string }[]
  readonly result: {
    readonly deadLetterQueue?: { readonly counters: { readonly visible: number } | null } | null
    readonly mappings?: readonly unknown[]
    readonly entries?: readonly { readonly id: string }[]
  } | null
}

/** The queue keeps a message hidden this long after a failed try, and gives up after so many tries. */
export const visibilityTimeoutMs = 30_000
export const tries = 5

/**
 * The story of `sqs-trigger demo`: nothing but commands that anyone can type. It believes nothing: each step is
 * checked, and a sandbox that answers otherwise than AWS would ends it with exit code 1.
 * @throws SqsTriggerError AWS_FAILED naming the step that went otherwise.
 */
export async function tellStory(stage: Stage): Promise<void> {
  const pair = ['orders', 'order-worker']

  stage.heading('1/6  A queue and a function are there. Could they be wired?')
  expectExit('preflight', await stage.type(['preflight', ...pair]), 3)
  const { findings } = await stage.ask(['preflight', ...pair])
  const failing = findings.filter(({ status }) => status === 'fail')
  const found = failing.map(({ rule }) => rule).join(', ')
  if (found !== 'role-lacks-delete-message') throw unexpected(`the preflight found ${found || 'nothing'}`)

  stage.heading('2/6  It can mend that itself: shown in full, written down, checked again.')
  expectExit('preflight --fix', await stage.type(['preflight', ...pair, '--fix', '--yes']), 0)

  stage.heading('3/6  Wire: check again, create, wait, and prove it with a test message.')
  expectExit('wire', await stage.type(['wire', ...pair, '--yes', '--send-test']), 0)

  stage.heading('4/6  Now a message on which the function throws.')
  const broken = ['send', 'orders', '--body', '{"id":42,"broken":true}', '--prove', 'strong']
  expectExit('send', await stage.type(broken), 9)

  stage.heading(`5/6  After ${tries} tries the queue gives it to the dead-letter queue.`)
  for (let tried = 1; tried <= tries; tried++) await stage.later(visibilityTimeoutMs)
  stage.say(`(The sandbox's clock was moved on by ${(tries * visibilityTimeoutMs) / 1000} seconds.)`)
  expectExit('status', await stage.type(['status', ...pair]), 0)
  const { result } = await stage.ask(['status', ...pair])
  const deadLetters = result?.deadLetterQueue?.counters?.visible
  if (deadLetters !== 1) throw unexpected(`the dead-letter queue holds ${deadLetters ?? 'no'} messages`)

  stage.heading('6/6  Everything is undone.')
  expectExit('unwire', await stage.type(['unwire', ...pair, '--yes']), 0)
  const entries = (await stage.ask(['rollback'])).result?.entries ?? []
  const [entry] = entries
  if (!entry || entries.length > 1) throw unexpected(`the journal has ${entries.length} entries`)
  stage.say('')
  expectExit('rollback', await stage.type(['rollback', entry.id, '--yes']), 0)
  const left = await stage.ask(['list'])
  if (left.result?.mappings?.length !== 0) throw unexpected('a mapping is left')
}

function expectExit(command: string, exitCode: number, expected: number): void {
  if (exitCode !== expected) throw unexpected(`${command} ended with exit code ${exitCode}, not ${expected}`)
}

function unexpected(what: string): SqsTriggerError {
  return new SqsTriggerError('AWS_FAILED', `The sandbox did not answer as AWS would: ${what}.`, {
    hint: 'This is a fault of sqs-trigger. Run it again with --debug and report what it prints.',
  })
}
