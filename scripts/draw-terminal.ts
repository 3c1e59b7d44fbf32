/** Letters of one style, one after the other, in a row of a terminal. */
export interface Run {
  readonly text: string
  /** From 0. */
  readonly column: number
  readonly colour: Colour | null
  readonly bold: boolean
  readonly dim: boolean
}

/** What a terminal shows, and for how long the picture stays there. */
export interface Frame {
  readonly rows: readonly (readonly Run[])[]
  readonly ms: number
}

const colours = ['red', 'green', 'yellow', 'blue', 'magenta', 'cyan', 'grey'] as const
export type Colour = (typeof colours)[number]

/** Readable on the background of GitHub in both: contrast of at least 4.5 to 1. */
const palettes: Readonly<
  Record<'light' | 'dark', Readonly<Record<Colour | 'ink' | 'paper' | 'edge', string>>>
> = {
  light: {
    paper: '#f6f8fa',
    edge: '#d1d9e0',
    ink: '#1f2328',
    red: '#c21c2c',
    green: '#116329',
    yellow: '#7d4e00',
    blue: '#0550ae',
    magenta: '#8250df',
    cyan: '#1b7c83',
    grey: '#59636e',
  },
  dark: {
    paper: '#0d1117',
    edge: '#3d444d',
    ink: '#e6edf3',
    red: '#ff7b72',
    green: '#56d364',
    yellow: '#e3b341',
    blue: '#79c0ff',
    magenta: '#d2a8ff',
    cyan: '#56d4dd',
    grey: '#9198a1',
  },
}

const cell = { width: 8.4, height: 19 }
const margin = 16

/**
 * A terminal session as an animated SVG of the given size in cells. It follows the reader's colour scheme, and stands
 * still on the last frame for whoever wants no motion. Colours, times and sizes are all that it takes from here: the
 * text is that of the frames.
 */
export function drawTerminal(
  frames: readonly Frame[],
  size: { readonly columns: number; readonly rows: number },
  described: { readonly title: string; readonly description: string },
): string {
  const width = Math.round(size.columns * cell.width + 2 * margin)
  const height = size.rows * cell.height + 2 * margin
  const total = frames.reduce((sum, { ms }) => sum + ms, 0)
  const groups = frames.map(
    ({ rows }, index) => `<g class="f f${index}">\n${rows.flatMap(rowOf).join('\n')}\n</g>`,
  )
  return `<svg xmlns="http://www.w3.org/2000/svg" xml:space="preserve" viewBox="0 0 ${width} ${height}" width="${width}" height="${height}" role="img" aria-labelledby="t d">
<title id="t">${escaped(described.title)}</title>
<desc id="d">${escaped(described.description)}</desc>
<style>
${schemeOf('light')}
@media (prefers-color-scheme: dark) { ${schemeOf('dark')} }
rect { fill: var(--paper); stroke: var(--edge) }
text { fill: var(--ink); font: 14px ui-monospace, SFMono-Regular, Menlo, Consolas, "DejaVu Sans Mono", monospace }
${colours.map((colour) => `.${colour} { fill: var(--${colour}) }`).join('\n')}
.b { font-weight: 600 }
.d { opacity: .7 }
.f { visibility: hidden; animation: ${total}ms step-end infinite }
${keyframesOf(frames, total)}
@media (prefers-reduced-motion: reduce) { .f { animation: none } .f${frames.length - 1} { visibility: visible } }
</style>
<rect x=".5" y=".5" width="${width - 1}" height="${height - 1}" rx="8"/>
${groups.join('\n')}
</svg>
`
}

const schemeOf = (name: 'light' | 'dark') =>
  `:root { ${Object.entries(palettes[name])
    .map(([colour, value]) => `--${colour}: ${value}`)
    .join('; ')} }`

function keyframesOf(frames: readonly Frame[], total: number): string {
  const percent = (ms: number) => `${Number(((100 * ms) / total).toFixed(3))}%`
  let at = 0
  const rules = frames.map(({ ms }, index) => {
    const [from, to] = [at, at + ms]
    at = to
    const before = from === 0 ? '' : '0% { visibility: hidden } '
    const after = to === total ? '' : `${percent(to)} { visibility: hidden } `
    const shown = `${percent(from)} { visibility: visible } `
    return `.f${index} { animation-name: f${index} }\n@keyframes f${index} { ${before}${shown}${after}}`
  })
  return rules.join('\n')
}

function rowOf(runs: readonly Run[], row: number): readonly string[] {
  const told = runs.filter(({ text }) => text.trim() !== '')
  if (told.length === 0) return []
  const y = Math.round(margin + (row + 0.75) * cell.height)
  const spans = told.map(({ text, column, colour, bold, dim }) => {
    const classes = [...(colour === null ? [] : [colour]), ...(bold ? ['b'] : []), ...(dim ? ['d'] : [])]
    const style = classes.length === 0 ? '' : ` class="${classes.join(' ')}"`
    const x = Number((margin + column * cell.width).toFixed(1))
    return `<tspan x="${x}"${style}>${escaped(text)}</tspan>`
  })
  return [`<text y="${y}">${spans.join('')}</text>`]
}

const escaped = (text: string) => text.replace(/&/g, '&amp;').replace(/</g, '&lt;').replace(/>/g, '&gt;')
