import { fork } from 'node:child_process'
import { text } from 'node:stream/consumers'

/**
 * What keeps Node.js from reading this file, e.g. `SyntaxError: Unexpected end of input`, with the place; undefined
 * when it can be read. Nothing of it runs, and what it imports is not looked at.
 */
export async function checkHandlerFile(file: string): Promise<string | undefined> {
  const child = fork(file, [], { execArgv: ['--check'], env: {}, silent: true, timeout: 5000 })
  const exited = new Promise<number | null>((resolve) => child.on('exit', resolve))
  const said = child.stderr ? await text(child.stderr) : ''
  if ((await exited) === 0) return undefined
  // Above the error stand file, line and a mark; below it Node's own stack and version.
  return said.split(/\n\s+at /)[0]?.trim() || 'it cannot be read'
}
