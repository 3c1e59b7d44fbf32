import { execFileSync } from 'node:child_process'
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { createServer, request, type Server } from 'node:http'
import { createServer as createTlsServer } from 'node:https'
import { type AddressInfo, connect } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { onTestFinished } from 'vitest'

/** A certificate authority that nobody knows, and a key that it vouches for. */
export interface OwnAuthority {
  /** File with the authority's certificate, in PEM form. */
  readonly bundle: string
  readonly key: string
  readonly certificate: string
}

/** Made by openssl, because a key that lies in the repository would be taken for a secret. */
export function ownAuthority(names: readonly string[]): OwnAuthority {
  const folder = mkdtempSync(join(tmpdir(), 'sqs-trigger-ca-'))
  onTestFinished(() => rmSync(folder, { recursive: true }))
  const file = (name: string) => join(folder, name)
  const openssl = (...args: readonly string[]) =>
    execFileSync('openssl', [...args], { cwd: folder, stdio: 'pipe' })
  const newKey = ['-newkey', 'ec', '-pkeyopt', 'ec_paramgen_curve:prime256v1', '-nodes']
  openssl(
    'req',
    '-x509',
    ...newKey,
    '-keyout',
    'ca.key',
    '-out',
    'ca.pem',
    '-days',
    '2',
    '-subj',
    '/CN=Own authority',
  )
  openssl('req', ...newKey, '-keyout', 'server.key', '-out', 'server.csr', '-subj', '/CN=server')
  writeFileSync(file('names'), `subjectAltName=${names.join(',')}\n`)
  const sign = ['-CA', 'ca.pem', '-CAkey', 'ca.key', '-CAcreateserial', '-extfile', 'names', '-days', '2']
  openssl('x509', '-req', '-in', 'server.csr', ...sign, '-out', 'server.pem')
  return {
    bundle: file('ca.pem'),
    key: readFileSync(file('server.key'), 'utf8'),
    certificate: readFileSync(file('server.pem'), 'utf8'),
  }
}

/** What a server in between saw: `CONNECT sts.eu-west-1.amazonaws.com:443`, `GET /path`. */
interface Witness {
  readonly port: number
  readonly seen: readonly string[]
}

/** A TLS server that hands every request on to a plain endpoint, but for those that `answers` knows. */
export async function tlsFront(
  { key, certificate: cert }: OwnAuthority,
  behind: string,
  answers: Readonly<Record<string, string>> = {},
): Promise<Witness> {
  const seen: string[] = []
  const server = createTlsServer({ key, cert }, (incoming, outgoing) => {
    const { method = 'GET', url = '/', headers } = incoming
    seen.push(`${headers.host} ${method} ${url}`)
    const known = answers[url.split('?')[0] ?? '']
    if (known !== undefined) return void outgoing.end(known)
    // A sandbox answers to its own name only.
    const host = new URL(behind).host
    const onward = request(new URL(url, behind), { method, headers: { ...headers, host } }, (answer) => {
      outgoing.writeHead(answer.statusCode ?? 502, answer.headers)
      answer.pipe(outgoing)
    })
    return void incoming.pipe(onward)
  })
  return { port: await listening(server), seen }
}

/** A proxy that asks for no name: every tunnel and every request ends at `port` of this machine. */
export async function localProxy(port: number, password?: string): Promise<Witness> {
  const seen: string[] = []
  const authorization = password && `Basic ${Buffer.from(password).toString('base64')}`
  const server = createServer((incoming, outgoing) => {
    const { method, url = '/', headers } = incoming
    seen.push(`${method} ${url}`)
    const { pathname, search } = new URL(url)
    const onward = request(
      {
        port,
        host: '127.0.0.1',
        method,
        path: `${pathname}${search}`,
        headers: { ...headers, host: `127.0.0.1:${port}` },
      },
      (answer) => {
        outgoing.writeHead(answer.statusCode ?? 502, answer.headers)
        answer.pipe(outgoing)
      },
    )
    incoming.pipe(onward)
  })
  server.on('connect', (incoming, socket) => {
    seen.push(`CONNECT ${incoming.url}`)
    if (authorization && incoming.headers['proxy-authorization'] !== authorization) {
      return void socket.end('HTTP/1.1 407 Proxy Authentication Required\r\n\r\n')
    }
    const onward = connect(port, '127.0.0.1', () => {
      socket.write('HTTP/1.1 200 Connection established\r\n\r\n')
      onward.pipe(socket).pipe(onward)
    })
    onward.on('error', () => socket.destroy())
    socket.on('error', () => onward.destroy())
  })
  return { port: await listening(server), seen }
}

async function listening(server: Server): Promise<number> {
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  onTestFinished(() => {
    server.close()
    server.closeAllConnections()
  })
  // Listens on a port, not on a pipe.
  return (server.address() as AddressInfo).port
}
