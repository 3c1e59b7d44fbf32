import { SqsTriggerError } from '../errors.js'
import { type Crash, writeCrashLog } from './crash-log.js'
import { redacted } from './redact.js'

/** A mistake of this program, as the error that ends the run: with the file to report it with. */
export function bug(crash: Crash): SqsTriggerError {
  const { error } = crash
  const said = error instanceof Error ? error.message : String(error)
  const message = redacted(said, crash.host.env)
  const log = writeCrashLog(crash)
  const report =
    log === undefined
      ? 'Please report it with what the same command prints with --debug.'
      : `Please report it with this file, which holds no credentials and no values of flags:\n${log}`
  return new SqsTriggerError(
    'INTERNAL',
    `This is a bug in sqs-trigger: ${message}${/[.?!]$/.test(message) ? '' : '.'}`,
    {
      hint: report,
      cause: withoutSecrets(error, crash.host.env),
    },
  )
}

/** The same error for `--debug`, which shows the chain of causes. */
function withoutSecrets(error: unknown, env: Crash['host']['env']): unknown {
  if (!(error instanceof Error)) return redacted(String(error), env)
  const cause = error.cause === undefined ? undefined : { cause: withoutSecrets(error.cause, env) }
  const copy = new Error(redacted(error.message, env), cause)
  copy.name = error.name
  copy.stack = redacted(error.stack ?? '', env)
  return copy
}
