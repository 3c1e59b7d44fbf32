import type { Output } from './streams.js'

/**
 * inquirer colours by the environment alone and knows no ASCII: this tells it what the stream may be given. Where
 * nothing has to be changed it keeps its own looks.
 */
export function promptTheme({ colour, unicode }: Pick<Output, 'colour' | 'unicode'>) {
  if (!colour) return { ...plainTheme(unicode), ...(unicode ? {} : { icon: asciiTheme.icon }) }
  return unicode ? {} : asciiTheme
}

const plain = (text: string) => text

const plainTheme = (unicode: boolean) => ({
  prefix: { idle: '?', done: unicode ? '✓' : 'ok' },
  spinner: { interval: 80, frames: [unicode ? '·' : '-'] },
  style: {
    answer: plain,
    message: plain,
    error: (text: string) => `> ${text}`,
    defaultAnswer: (text: string) => `(${text})`,
    help: plain,
    highlight: plain,
    key: (text: string) => `<${text}>`,
    searchTerm: plain,
    keysHelpTip,
  },
})

const asciiTheme = {
  prefix: { idle: '?', done: 'ok' },
  icon: { cursor: '>' },
  spinner: { interval: 130, frames: ['-', '\\', '|', '/'] },
  style: { keysHelpTip },
}

/** Without the arrows and the return sign that inquirer draws. */
function keysHelpTip(): string {
  return 'arrows move, Enter selects, Ctrl-C leaves'
}
