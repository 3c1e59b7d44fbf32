import { spawn } from 'node:child_process'
import { createServer } from 'node:net'
import { findProgram } from './run-command.js'

export interface Moto {
  readonly endpoint: string
  stop(): void
}

/** The path of moto_server, or undefined: tests that need it are skipped and say so. */
export const findMoto = () => findProgram('moto_server')

/** Starts moto_server with an empty account, and resolves once it answers: it takes seconds to import its services. */
export async function startMoto(program: string): Promise<Moto> {
  const port = await freePort()
  const endpoint = `http://127.0.0.1:${port}`
  const server = spawn(program, ['-H', '127.0.0.1', '-p', String(port)], { stdio: 'ignore' })
  await answering(endpoint)
  return { endpoint, stop: () => server.kill() }
}

/** A port that was free a moment ago. */
function freePort(): Promise<number> {
  return new Promise((resolve, reject) => {
    const server = createServer()
    server.on('error', reject)
    server.listen(0, '127.0.0.1', () => {
      const address = server.address()
      server.close(() => (typeof address === 'object' && address ? resolve(address.port) : reject()))
    })
  })
}

async function answering(url: string): Promise<void> {
  for (let tries = 0; tries < 300; tries++) {
    const answered = await fetch(url).then(
      () => true,
      () => false,
    )
    if (answered) return
    await new Promise((resolve) => setTimeout(resolve, 200))
  }
  throw new Error(`nothing answered at ${url}`)
}
