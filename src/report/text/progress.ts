import type { Ora } from 'ora'
import type { Output } from '../streams.js'

/** Lines on stderr, and one more that is repainted while something takes time. */
export interface Progress {
  /** A line that stays. */
  line(text: string): void
  /** What is going on now; asked again every second, so that a clock in it runs. */
  working(text: () => string): void
  /** Takes the repainted line away. */
  stop(): void
}

/** On anything but an animated terminal nothing is repainted: `working` is silent there. */
export function openProgress(output: Output): Progress {
  const line = (text: string) => output.write(`${text}\n`)
  if (!output.animate) return { line, working: () => {}, stop: () => {} }
  const spinner = spinnerOn(output)
  return {
    line: (text) => spinner.aside(() => line(text)),
    working: (text) => spinner.show(text),
    stop: () => spinner.stop(),
  }
}

const dots = { interval: 80, frames: ['⠋', '⠙', '⠹', '⠸', '⠼', '⠴', '⠦', '⠧', '⠇', '⠏'] }
const bars = { interval: 130, frames: ['-', '\\', '|', '/'] }

/** The one place with state that lives on: ora is loaded when something is first shown for long enough. */
function spinnerOn(output: Output) {
  let ora: Ora | undefined
  let text: (() => string) | undefined
  let ticking: NodeJS.Timeout | undefined
  let loading = false

  const load = async () => {
    const { default: createOra } = await import('ora')
    ora = createOra({
      stream: output.stream,
      spinner: output.unicode ? dots : bars,
      color: output.colour ? 'cyan' : false,
      // Raw mode would keep Ctrl-C from being a signal.
      discardStdin: false,
      isEnabled: true,
    })
    start()
  }
  const start = () => {
    if (!ora || !text) return
    ora.start(text())
    ticking ??= setInterval(() => {
      if (ora && text) ora.text = text()
    }, 1000)
    ticking.unref()
  }
  const stop = () => {
    clearInterval(ticking)
    ticking = undefined
    text = undefined
    ora?.stop()
  }

  return {
    show: (next: () => string) => {
      text = next
      if (ora?.isSpinning) ora.text = next()
      else if (ora) start()
      else if (!loading) {
        loading = true
        void load()
      }
    },
    aside: (print: () => void) => {
      const resumed = text
      if (ora?.isSpinning) ora.stop()
      print()
      if (resumed && ora) start()
    },
    stop,
  }
}
