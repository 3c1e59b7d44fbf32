import type { PreflightRequest } from '../../src/operations/run-preflight.js'
import type { Session } from '../../src/operations/session.js'
import { preflight } from './preflight-world.js'

/** Every call there may be; the middleware stacks are typed per service, and only names are looked at here. */
interface WatchedStack {
  add(middleware: Middleware, options: { readonly step: 'initialize'; readonly name: string }): void
}
type Middleware = <Args, Answer>(
  next: (args: Args) => Promise<Answer>,
  context: { readonly commandName?: string },
) => (args: Args) => Promise<Answer>

/**
 * Runs a preflight in rounds: calls that were begun together are let go together, and the next round begins when all
 * of them were answered. So the number of rounds is the number of round trips in sequence.
 */
export async function inRounds(session: Session, request: Partial<PreflightRequest> = {}) {
  const rounds: string[][] = []
  const waiting: { readonly name: string; readonly go: () => void }[] = []
  let running = 0
  let finished = false
  const watch: Middleware = (next, context) => async (args) => {
    await new Promise<void>((go) =>
      waiting.push({ name: context.commandName?.replace(/Command$/, '') ?? '', go }),
    )
    running += 1
    try {
      return await next(args)
    } finally {
      running -= 1
    }
  }
  const { sts, sqs, lambda, iam, kms, logs } = session.clients
  for (const client of [sts, sqs, lambda, iam, kms, logs]) {
    const stacks: {
      readonly middlewareStack: { use(plugin: { applyToStack(stack: WatchedStack): void }): void }
    } = client
    stacks.middlewareStack.use({
      applyToStack: (stack) => stack.add(watch, { step: 'initialize', name: 'watch' }),
    })
  }
  const run = preflight(session, request).finally(() => {
    finished = true
  })
  while (!finished) {
    for (let turn = 0; turn < 20; turn += 1) await new Promise((resolve) => setImmediate(resolve))
    if (running > 0 || waiting.length === 0) continue
    const round = waiting.splice(0)
    rounds.push(round.map(({ name }) => name))
    for (const { go } of round) go()
  }
  return { ...(await run), rounds, calls: rounds.flat() }
}
