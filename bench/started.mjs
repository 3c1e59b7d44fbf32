// One run of a program of Node's in a process of its own, and what it cost.
import { spawn } from 'node:child_process'

/** Told at the end by the process itself. What a command loads stands in Node's cache of modules. */
const telling = `
process.on('exit', () => {
  const { maxRSS, userCPUTime, systemCPUTime } = process.resourceUsage()
  const files = Object.keys(require('node:module')._cache)
  const bytes = files.reduce((sum, file) => sum + require('node:fs').statSync(file).size, 0)
  const cost = { maxRSS, cpu: userCPUTime + systemCPUTime, files: files.length, bytes }
  process.stderr.write('\\nCOST ' + JSON.stringify(cost))
})`

/**
 * A run that fails would look cheap, so it ends the measurement.
 * @param {readonly string[]} words the script and its arguments
 * @param {NodeJS.ProcessEnv} env
 * @returns {Promise<{ ms: number, cpuMs: number, megabytes: number, files: number, kilobytes: number }>} `files` and
 *   `kilobytes`: what was loaded; `megabytes`: the most that stood in memory
 */
export function started(words, env) {
  const preload = `data:text/javascript,${encodeURIComponent(`import { createRequire } from 'node:module'; const require = createRequire('file:///bench');${telling}`)}`
  return new Promise((resolve, reject) => {
    const begun = process.hrtime.bigint()
    const child = spawn(process.execPath, ['--import', preload, ...words], {
      env,
      stdio: ['ignore', 'ignore', 'pipe'],
    })
    let said = ''
    child.stderr.on('data', (data) => {
      said += data
    })
    child.on('close', (code) => {
      const ms = Math.round(Number(process.hrtime.bigint() - begun) / 1e6)
      const cost = /COST (\{.*\})/.exec(said)?.[1]
      if (code !== 0 || cost === undefined)
        return reject(new Error(`${words.join(' ')} ended with ${code}:\n${said}`))
      const { maxRSS, cpu, files, bytes } = JSON.parse(cost)
      resolve({
        ...{ ms, files, cpuMs: Math.round(cpu / 1000) },
        megabytes: Math.round(maxRSS / 1024),
        kilobytes: Math.round(bytes / 1000),
      })
    })
  })
}
