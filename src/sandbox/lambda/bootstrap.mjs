/*
 * Runs one handler in a process of its own, as Lambda's Node.js runtime does: loads the module, takes events one
 * after the other over the IPC channel, and sends back log lines, answers and errors over the same channel, so
 * that their order is kept. Plain JavaScript, because it is started as it stands. Messages: handler-messages.ts.
 * What it imitates: https://github.com/aws/aws-lambda-nodejs-runtime-interface-client
 */
import { AsyncLocalStorage } from 'node:async_hooks'
import { format } from 'node:util'
import { endWhenStray } from './end-stray.mjs'
import { contextOf } from './handler-context.mjs'
import { jsonLine, named, payloadOf, textOf } from './handler-errors.mjs'
import { loadHandler } from './load-handler.mjs'

/**
 * @typedef {{ kind: 'start', root: string, file?: string, handler: string, logFormat: 'Text' | 'JSON', logLevel: string, logBytes: number, responseBytes: number }} Start
 * @typedef {{ kind: 'invoke', requestId: string, payload: string, remainingMs: number, functionArn: string, clientContext?: string }} Invoke
 * @typedef {import('./load-handler.mjs').Handler} Handler
 * @typedef {{ readonly requestId: string, finished: boolean, waitsForEmptyLoop: boolean, atEmptyLoop: () => void }} Invocation
 */

const requestIds = new AsyncLocalStorage()
const levels = ['TRACE', 'DEBUG', 'INFO', 'WARN', 'ERROR', 'FATAL']
const { channel } = process
const sendToParent = process.send?.bind(process)

/** Settings of this process; the start message fills them. */
const settings = { json: false, lowestLevel: 'TRACE', logBytesLeft: 0, logBytes: 0, responseBytes: 0 }

/** @type {Invocation | undefined} */
let current
/** @type {Handler | undefined} */
let handler

process.on('message', (/** @type {Start | Invoke} */ message) => {
  if (message.kind === 'start') start(message)
  else invoke(message)
})
// The sandbox is gone: there is nobody left to work for.
process.on('disconnect', () => process.exit(0))

process.on('uncaughtException', (error) => die('Uncaught Exception', error, 129))
process.on('unhandledRejection', (reason, promise) => {
  const error = named('Runtime.UnhandledPromiseRejection', String(reason))
  die('Unhandled Promise Rejection', Object.assign(error, { reason, promise }), 128)
})
process.on('beforeExit', () => current?.atEmptyLoop())

/** @param {Start} message */
async function start(message) {
  settings.json = message.logFormat === 'JSON'
  settings.lowestLevel = message.logLevel
  settings.logBytes = settings.logBytesLeft = message.logBytes
  settings.responseBytes = message.responseBytes
  takeOver()
  try {
    handler = await loadHandler(message)
    send({ kind: 'ready' })
  } catch (error) {
    die('Uncaught Exception', error, 129)
  }
}

/** Takes the console and the output streams, and hides the channel from the handler. */
function takeOver() {
  for (const level of levels) Reflect.set(globalThis.console, level.toLowerCase(), logger(level))
  Reflect.set(globalThis.console, 'log', logger('INFO'))
  for (const stream of [process.stdout, process.stderr]) {
    Reflect.set(stream, 'write', (/** @type {unknown} */ chunk, /** @type {unknown[]} */ ...rest) => {
      writeRaw(typeof chunk === 'string' ? chunk : Buffer.from(/** @type {Uint8Array} */ (chunk)).toString())
      const done = rest.find((argument) => typeof argument === 'function')
      if (typeof done === 'function') process.nextTick(done)
      return true
    })
  }
  Reflect.deleteProperty(process, 'send')
  endWhenStray()
}

/** @param {Invoke} message */
function invoke(message) {
  settings.logBytesLeft = settings.logBytes
  const { requestId } = message
  /** @type {Invocation} */
  const invocation = {
    requestId,
    finished: false,
    waitsForEmptyLoop: true,
    // A handler that is not async and never calls back answers null once nothing is left to do.
    atEmptyLoop: () => succeed(invocation, null),
  }
  current = invocation
  // While a handler runs, only its own work keeps the process going: so it can be seen that none is left.
  channel?.unref()
  requestIds.run(requestId, () => run(message, invocation))
}

/** @param {Invoke} message @param {Invocation} invocation */
function run(message, invocation) {
  const fail = (/** @type {unknown} */ error) => failed(invocation, error)
  const done = (/** @type {unknown} */ error, /** @type {unknown} */ result) =>
    error === undefined || error === null ? succeed(invocation, result) : fail(error)
  const callback = (/** @type {unknown} */ error, /** @type {unknown} */ result) => {
    if (invocation.waitsForEmptyLoop) invocation.atEmptyLoop = () => done(error, result)
    else done(error, result)
  }
  const endings = { done, fail, succeed: (/** @type {unknown} */ result) => done(null, result) }
  const context = contextOf(message, invocation, endings, process.env)
  try {
    const result = handler?.(JSON.parse(message.payload), context, callback)
    if (isThenable(result)) {
      // Nothing left to do, and the promise still open: Lambda's runtime then has no answer to give.
      invocation.atEmptyLoop = () => {
        if (end(invocation)) sendFailure(invocation, named('Runtime.NodeJsExit', 'nothing left to wait for'))
      }
      Promise.resolve(result).then((value) => succeed(invocation, value), fail)
    }
  } catch (error) {
    fail(error)
  }
}

/** @param {Invocation} invocation @param {unknown} result */
function succeed(invocation, result) {
  if (!end(invocation)) return
  let payload
  try {
    payload = JSON.stringify(result === undefined ? null : result) ?? 'null'
  } catch {
    return sendFailure(invocation, named('Runtime.JSONStringifyError', 'Unable to stringify response body'))
  }
  if (Buffer.byteLength(payload) > settings.responseBytes) {
    send({ kind: 'too-large', requestId: invocation.requestId, memoryMb: memoryMb() })
  } else {
    send({ kind: 'done', requestId: invocation.requestId, payload, memoryMb: memoryMb() })
  }
}

/** @param {Invocation} invocation @param {unknown} error */
function failed(invocation, error) {
  if (!end(invocation)) return
  logError('Invoke Error', error)
  sendFailure(invocation, error)
}

/** @param {Invocation} invocation @param {unknown} error @param {boolean} [fatal] */
function sendFailure(invocation, error, fatal = false) {
  channel?.ref()
  send({
    kind: 'failed',
    requestId: invocation.requestId,
    error: payloadOf(error),
    memoryMb: memoryMb(),
    fatal,
  })
}

/** Only the first answer of an invocation counts. @param {Invocation} invocation */
function end(invocation) {
  if (invocation.finished || invocation !== current) return false
  invocation.finished = true
  current = undefined
  if (unfinishedLine !== '') flushRaw()
  channel?.ref()
  return true
}

/** Reports an error that nobody caught, and ends the process. @param {string} title @param {unknown} error @param {number} code */
function die(title, error, code) {
  logError(title, error)
  if (unfinishedLine !== '') flushRaw()
  const ended = current
  current = undefined
  if (!handler) send({ kind: 'init-failed', error: payloadOf(error) })
  else if (ended) sendFailure(ended, error, true)
  // What was sent is on its way once this is.
  send({ kind: 'end' }, () => process.exit(code))
}

/** @param {string} level */
function logger(level) {
  return (/** @type {unknown} */ message, /** @type {unknown[]} */ ...rest) => {
    if (settings.json && levels.indexOf(level) < levels.indexOf(settings.lowestLevel)) return
    const requestId = requestIds.getStore()
    if (settings.json) {
      sendLine({ kind: 'json', text: jsonLine(level, requestId, message, rest) })
    } else {
      sendLine({ kind: 'text', level, requestId, text: format(message, ...rest) })
    }
  }
}

/** @param {string} title @param {unknown} thrown */
function logError(title, thrown) {
  const error = thrown instanceof Error ? thrown : new Error(String(thrown))
  if (settings.json) logger('ERROR')(error)
  else logger('ERROR')(title, `\t${textOf(error)}`)
}

let unfinishedLine = ''

/** Output that went around the console becomes one event a line. @param {string} text */
function writeRaw(text) {
  if (settings.logBytesLeft < 0) return
  const [first = '', ...others] = text.slice(0, settings.logBytesLeft + 1).split('\n')
  unfinishedLine += first
  for (const line of others) {
    flushRaw()
    unfinishedLine = line
  }
  if (unfinishedLine.length > settings.logBytesLeft) flushRaw()
}

function flushRaw() {
  sendLine({ kind: 'raw', text: unfinishedLine })
  unfinishedLine = ''
}

/** Sends a line as long as the invocation may still talk. @param {{ kind: string, text: string, level?: string, requestId?: unknown }} line */
function sendLine(line) {
  if (settings.logBytesLeft < 0) return
  settings.logBytesLeft -= Buffer.byteLength(line.text) + 1
  if (settings.logBytesLeft >= 0) send(line)
  else send({ kind: 'cut' })
}

/** @param {object} message @param {() => void} [sent] */
function send(message, sent = () => {}) {
  // A channel that closes meanwhile means that the sandbox is gone: 'disconnect' ends the process.
  sendToParent?.(message, undefined, undefined, sent)
}

/** @param {unknown} value */
function isThenable(value) {
  return typeof value === 'object' && value !== null && typeof Reflect.get(value, 'then') === 'function'
}

function memoryMb() {
  return Math.ceil(process.memoryUsage.rss() / 1024 / 1024)
}
