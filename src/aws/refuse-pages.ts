/** The part of every client's middleware stack that this needs; the SDK types it per service. */
interface Refusing {
  readonly middlewareStack: { use(plugin: { applyToStack(stack: Stack): void }): void }
}
interface Stack {
  add(middleware: Middleware, options: { step: 'deserialize'; priority: 'low'; name: string }): void
}
type Middleware = <Args, Answer>(next: (args: Args) => Promise<Answer>) => (args: Args) => Promise<Answer>

/**
 * Takes a page for what it is. The SDK reads no body where the API has none, so that the page of a proxy or of a
 * network's log-in, sent with 200, would stand for a change that was made.
 */
export function refusePages(client: Refusing): void {
  // Before the SDK reads the answer.
  const refuse: Middleware = (next) => async (args) => {
    const answer = await next(args)
    const { statusCode, headers } = responseIn(answer)
    const isPage = /^\s*text\/html\b/i.test(String(Reflect.get(headers, 'content-type') ?? ''))
    if (!isPage || Number(statusCode) >= 300) return answer
    throw Object.assign(new SyntaxError('a page of HTML is not valid JSON'), {
      $metadata: { httpStatusCode: statusCode },
    })
  }
  client.middlewareStack.use({
    applyToStack: (stack) => stack.add(refuse, { step: 'deserialize', priority: 'low', name: 'refusePages' }),
  })
}

function responseIn(answer: unknown): { readonly statusCode: unknown; readonly headers: object } {
  const response = memberOf(answer, 'response')
  const headers = memberOf(response, 'headers')
  return {
    statusCode: memberOf(response, 'statusCode'),
    headers: typeof headers === 'object' && headers !== null ? headers : {},
  }
}

const memberOf = (value: unknown, name: string): unknown =>
  typeof value === 'object' && value !== null ? Reflect.get(value, name) : undefined
