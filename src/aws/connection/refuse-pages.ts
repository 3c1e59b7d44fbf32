import { memberOf } from '../../json-object.js'

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
    const response = memberOf(answer, 'response')
    const { statusCode, type } = headOf(response)
    if (!/^\s*text\/html\b/i.test(type) || Number(statusCode) >= 300) return answer
    // Simpler endpoints than AWS say so of JSON and XML, too: what it is the text tells.
    const body = await textIn(memberOf(response, 'body'))
    if (!page.test(body)) {
      if (typeof response === 'object' && response !== null) Reflect.set(response, 'body', Buffer.from(body))
      return answer
    }
    throw Object.assign(new SyntaxError('a page of HTML is not valid JSON'), {
      $metadata: { httpStatusCode: statusCode },
    })
  }
  client.middlewareStack.use({
    applyToStack: (stack) => stack.add(refuse, { step: 'deserialize', priority: 'low', name: 'refusePages' }),
  })
}

const page = /^\s*<(?:!doctype\s+html|html|head|body)\b/i

/** What a fetch or a stream of Node gives, or bytes. */
async function textIn(body: unknown): Promise<string> {
  if (body === undefined || body === null) return ''
  if (body instanceof Uint8Array || typeof body === 'string') return Buffer.from(body).toString('utf8')
  const parts: Buffer[] = []
  if (typeof body === 'object' && Symbol.asyncIterator in body) {
    // Told by the line above: bytes of a stream.
    for await (const part of body as AsyncIterable<Uint8Array>) parts.push(Buffer.from(part))
  }
  return Buffer.concat(parts).toString('utf8')
}

function headOf(response: unknown): { readonly statusCode: unknown; readonly type: string } {
  const headers = memberOf(response, 'headers')
  return {
    statusCode: memberOf(response, 'statusCode'),
    type: String(memberOf(headers, 'content-type') ?? ''),
  }
}
