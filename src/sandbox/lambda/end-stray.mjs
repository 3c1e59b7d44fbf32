import { Worker } from 'node:worker_threads'

/** Node itself takes more than some functions have; the bound is for the machine, not for a bill. */
const spareMb = 512

/**
 * Sets a thread to end this process when the parent is gone while the handler keeps the main thread busy ('disconnect'
 * would never be heard), and when it takes far more memory than the function has: buffers are no part of the heap that
 * Node bounds.
 */
export function endWhenStray() {
  const mostBytes = (Number(process.env.AWS_LAMBDA_FUNCTION_MEMORY_SIZE) + spareMb) * 1024 * 1024
  const watch = `setInterval(() => {
    const stray = process.ppid !== ${process.ppid} || process.memoryUsage.rss() > ${mostBytes}
    if (stray) process.kill(process.pid, 'SIGKILL')
  }, 1000)`
  new Worker(watch, { eval: true, env: {}, stdout: true, stderr: true }).unref()
}
