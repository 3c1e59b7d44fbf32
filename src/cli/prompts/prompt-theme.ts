import type { Output } from '../../report/streams.js'

/**
 * inquirer colours by the environment alone and knows no ASCII: this tells it what the stream may be given. Where
 * nothing has to be changed it keeps its own looks.
 */
export function promptTheme(
  { colour, unicode }: Pick<Output, 'colour' | 'unicode'>,
  canGoBack = false,
): Readonly<Record<string, unknown>> {
  const keysHelpTip = () => keysOf(unicode, canGoBack)
  const icon = unicode ? {} : { icon: { cursor: '>' } }
  if (colour) return { ...(unicode ? {} : asciiTheme), ...icon, style: { keysHelpTip } }
  return { ...plainTheme(unicode), ...icon, style: { ...plainStyle, keysHelpTip } }
}

const plain = (text: string) => text

const plainTheme = (unicode: boolean) => ({
  prefix: { idle: '?', done: unicode ? '✓' : 'ok' },
  spinner: { interval: 80, frames: [unicode ? '·' : '-'] },
})

const plainStyle = {
  answer: plain,
  message: plain,
  error: (text: string) => `> ${text}`,
  defaultAnswer: (text: string) => `(${text})`,
  help: plain,
  highlight: plain,
  key: (text: string) => `<${text}>`,
  description: plain,
}

const asciiTheme = {
  prefix: { idle: '?', done: 'ok' },
  spinner: { interval: 130, frames: ['-', '\\', '|', '/'] },
}

/** Without the return sign that inquirer draws, and with the key that it does not know. */
function keysOf(unicode: boolean, canGoBack: boolean): string {
  const keys = [
    unicode ? '↑↓ move' : 'arrows move',
    'Enter selects',
    ...(canGoBack ? ['Esc goes back'] : []),
    'Ctrl-C leaves',
  ]
  return keys.join(unicode ? ' · ' : ' | ')
}
