import { randomUUID } from 'node:crypto'
import { createServer, type IncomingHttpHeaders, type IncomingMessage, type ServerResponse } from 'node:http'
import type { Activity } from './activity.js'
import type { Connection } from './define-action.js'
import type { Reply } from './dispatch.js'
import type { WireAnswer, WireRequest } from './protocols/protocol.js'

/** A function's zip of 50 MB in base64, and some room. */
const largestBody = 72 * 1024 * 1024

/** Handles one complete request. */
export type Handler = (request: WireRequest, requestId: string, connection: Connection) => Promise<Reply>

export interface HttpServer {
  readonly port: number
  /** Breaks off what is under way. */
  stop(): Promise<void>
}

/**
 * Serves HTTP on 127.0.0.1 only. Requests whose Host is not loopback are refused, so that no web page can reach
 * the sandbox by a name that it points here (DNS rebinding), and so are those that a page of another origin sends.
 * Rejects when the port is taken.
 */
export async function listen(port: number, activity: Activity, handle: Handler): Promise<HttpServer> {
  const server = createServer((incoming, outgoing) => {
    void answer(incoming, outgoing, activity, handle).catch(() => outgoing.destroy())
  })
  // Longer than clients keep an idle connection: else one may be closed in the moment in which it is used again.
  server.keepAliveTimeout = 120_000
  await new Promise<void>((resolve, reject) => {
    server.once('error', reject)
    server.listen({ host: '127.0.0.1', port }, resolve)
  })
  const address = server.address()
  return {
    port: typeof address === 'object' && address ? address.port : port,
    stop: () =>
      new Promise<void>((resolve) => {
        server.close(() => resolve())
        server.closeAllConnections()
      }),
  }
}

async function answer(
  incoming: IncomingMessage,
  outgoing: ServerResponse,
  activity: Activity,
  handle: Handler,
) {
  const requestId = randomUUID()
  if (!isLoopback(incoming.headers.host)) {
    return send(outgoing, requestId, plain(403, 'The sandbox answers only to loopback host names.'))
  }
  if (!mayCome(incoming.headers)) {
    return send(outgoing, requestId, plain(403, 'The sandbox does not answer to web pages.'))
  }
  const body = await readBody(incoming)
  if (body === 'too large') {
    outgoing.shouldKeepAlive = false
    return send(outgoing, requestId, plain(413, 'The request is larger than any AWS service would take.'))
  }
  const hungUp = new AbortController()
  outgoing.once('close', () => hungUp.abort())
  let end = activity.begin()
  const connection: Connection = {
    signal: hungUp.signal,
    park: () => {
      end()
      return () => {
        end = activity.begin()
      }
    },
  }
  try {
    const url = new URL(incoming.url ?? '/', 'http://127.0.0.1')
    const request: WireRequest = {
      method: incoming.method ?? 'GET',
      path: url.pathname,
      query: url.searchParams,
      headers: incoming.headers,
      body,
    }
    const reply = await handle(request, requestId, connection)
    if (reply.kind === 'hang') return
    if (reply.kind === 'reset') {
      incoming.socket.resetAndDestroy()
      return
    }
    if (reply.kind === 'cut') cutShort(outgoing, requestId, reply.answer)
    else send(outgoing, requestId, reply.answer)
  } finally {
    end()
  }
}

function isLoopback(host: string | undefined): boolean {
  return /^(127\.0\.0\.1|localhost|\[::1\])(:\d+)?$/i.test(host ?? '')
}

/**
 * Browsers say which page a request comes from, and send some without asking first; of a picture or a link only that
 * the page is of another site. Programs say nothing. https://developer.mozilla.org/docs/Web/HTTP/Headers/Sec-Fetch-Site
 */
function mayCome({ origin, 'sec-fetch-site': site = 'none' }: IncomingHttpHeaders): boolean {
  if (origin === undefined) return site === 'none' || site === 'same-origin'
  return URL.canParse(origin) && isLoopback(new URL(origin).host)
}

async function readBody(incoming: IncomingMessage): Promise<Buffer | 'too large'> {
  const chunks: Buffer[] = []
  let size = 0
  for await (const chunk of incoming) {
    const bytes = chunk as Buffer // no encoding is set on the stream
    size += bytes.length
    if (size > largestBody) return 'too large'
    chunks.push(bytes)
  }
  return Buffer.concat(chunks, size)
}

function plain(status: number, message: string): WireAnswer {
  return { status, headers: { 'content-type': 'text/plain; charset=utf-8' }, body: `${message}\n` }
}

function send(outgoing: ServerResponse, requestId: string, { status, headers, body }: WireAnswer) {
  const bytes = Buffer.from(body)
  outgoing.writeHead(status, {
    ...headers,
    'x-amzn-requestid': requestId,
    // 204 may not carry a length.
    ...(status === 204 ? {} : { 'content-length': String(bytes.length) }),
  })
  outgoing.end(status === 204 ? undefined : bytes)
}

/** Promises the whole answer, sends half of it, and drops the connection. */
function cutShort(outgoing: ServerResponse, requestId: string, { status, headers, body }: WireAnswer) {
  const bytes = Buffer.from(body)
  outgoing.writeHead(status, {
    ...headers,
    'x-amzn-requestid': requestId,
    'content-length': String(bytes.length + 1),
  })
  outgoing.write(bytes.subarray(0, Math.floor(bytes.length / 2)), () => outgoing.destroy())
}
