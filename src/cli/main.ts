import { outliveWriteErrors, outrankedByFailure } from './write-errors.js'

/**
 * Starts the process. What needs nothing else is answered here, because loading anything costs more than
 * answering: what is imported here is loaded at every start.
 */
const argv = process.argv.slice(2)
const [first, ...others] = argv

const version = typeof SQS_TRIGGER_VERSION === 'string' ? SQS_TRIGGER_VERSION : undefined
const rootHelp = typeof SQS_TRIGGER_ROOT_HELP === 'string' ? SQS_TRIGGER_ROOT_HELP : undefined
const asksForVersion = others.length === 0 && (first === '--version' || first === '-V')
const asksForHelp = first === undefined || (others.length === 0 && ['--help', '-h', 'help'].includes(first))
const wide = () => !process.stdout.isTTY || process.stdout.columns >= 80

outliveWriteErrors([process.stdout, process.stderr], (sentence) => {
  process.stderr.write(`${sentence}\n`)
  // What ranks before 1 says more by its own exit code.
  process.once('exit', (code) => {
    if (outrankedByFailure.includes(code)) process.exitCode = 1
  })
})

if (asksForVersion && version !== undefined) {
  process.stdout.write(`${version}\n`)
} else if (asksForHelp && rootHelp !== undefined && wide()) {
  process.stdout.write(rootHelp)
} else {
  // Bundled as CommonJS, which has no top-level await; a rejection ends the process with its stack, as it should.
  void import('./run-process.js').then(({ runProcess }) => runProcess(argv))
}
