import type { Session } from '../../src/operations/session.js'

/** Every call there may be; the middleware stacks are typed per service, and only names are looked at here. */
interface WatchedStack {
  add(middleware: Middleware, options: { readonly step: 'initialize'; readonly name: string }): void
}
type Middleware = <Args, Answer>(
  next: (args: Args) => Promise<Answer>,
  context: { readonly commandName?: string },
) => (args: Args & { readonly input?: unknown }) => Promise<Answer>

/** A call as it was sent. */
export interface SentCall {
  readonly name: string
  readonly input: Readonly<Record<string, unknown>>
}

/**
 * Runs something in rounds: calls that were begun together are let go together, and the next round begins when all
 * of them were answered. So the number of rounds is the number of round trips in sequence.
 */
export async function inRounds<Result>({ clients }: Session, what: () => Promise<Result>) {
  const sent: (readonly SentCall[])[] = []
  const waiting: (SentCall & { readonly go: () => void })[] = []
  let running = 0
  let finished = false
  const watch: Middleware = (next, context) => async (args) => {
    const name = context.commandName?.replace(/Command$/, '') ?? ''
    // Every command of the SDK takes an object.
    const input = (args.input ?? {}) as SentCall['input']
    await new Promise<void>((go) => waiting.push({ name, input, go }))
    running += 1
    try {
      return await next(args)
    } finally {
      running -= 1
    }
  }
  const { sts, sqs, lambda, iam, kms, logs } = clients
  for (const client of [sts, sqs, lambda, iam, kms, logs]) {
    const stacks: {
      readonly middlewareStack: { use(plugin: { applyToStack(stack: WatchedStack): void }): void }
    } = client
    stacks.middlewareStack.use({
      applyToStack: (stack) => stack.add(watch, { step: 'initialize', name: 'watch' }),
    })
  }
  const run = what().finally(() => {
    finished = true
  })
  while (!finished) {
    for (let turn = 0; turn < 20; turn += 1) await new Promise((resolve) => setImmediate(resolve))
    if (running > 0 || waiting.length === 0) continue
    const round = waiting.splice(0)
    sent.push(round)
    for (const { go } of round) go()
  }
  const rounds = sent.map((round) => round.map(({ name }) => name))
  return { result: await run, sent, rounds, calls: rounds.flat() }
}
