import { nameIn } from '../../arn.js'
import { type AuditResult, type Health, healths } from '../../fleet/audit/results.js'
import { counted, escaped } from './escape.js'
import { countsOf, groupsOf, healthCounts, type PictureGroup } from './picture-groups.js'

const width = 1080
const pitch = 13
/** Marks of a function stand in columns of this many. */
const high = 4
const between = 10
/** The picture stays a picture: beyond this the marks are left out, and counted. */
const mostMarks = 3000

/** Every mapping as a mark of the shape and colour of its health, in blocks by function. */
export function field(audit: AuditResult): string {
  const groups = groupsOf(audit)
  const blocks: string[] = []
  let marks = 0
  let [x, y, tallest] = [0, 0, 0]
  for (const group of groups) {
    if (marks > 0 && marks + group.mappings.length > mostMarks) break
    marks += group.mappings.length
    const wide = Math.ceil(group.mappings.length / high) * pitch
    if (x > 0 && x + wide > width) {
      x = 0
      y += tallest + between
      tallest = 0
    }
    tallest = Math.max(tallest, Math.min(high, group.mappings.length) * pitch)
    blocks.push(block(group, x, y))
    x += wide + between
  }
  const rest = audit.mappings.length - marks
  const note = rest === 0 ? '' : `\n<p class="meta">${counted(rest, 'more mapping')} without a mark here.</p>`
  const label = `${counted(audit.mappings.length, 'mapping')} of ${counted(groups.length, 'function')}: ${healthCounts(countsOf(audit.mappings))}`
  // A block of one function may be wider than the picture.
  return `<svg class="field" role="img" aria-label="${label}" viewBox="0 0 ${Math.max(width, x)} ${y + tallest}">
${blocks.join('\n')}
</svg>${note}`
}

function block({ functionArn, mappings }: PictureGroup, x: number, y: number): string {
  const paths = healths.map((health) => {
    const marks = mappings.flatMap((audited, index) => {
      if (audited.health !== health) return []
      const left = x + Math.floor(index / high) * pitch
      return [`M${left} ${y + (index % high) * pitch}${shapes[health]}`]
    })
    return marks.length === 0 ? '' : `<path class="${health}" d="${marks.join('')}"/>`
  })
  const name = nameIn(functionArn)
  return `<g><title>${escaped(name)}: ${healthCounts(countsOf(mappings))}</title>${paths.join('')}</g>`
}

/** Told apart without their colours: a disc, a triangle, a ring, a small dot. */
const shapes: Readonly<Record<Health, string>> = {
  error: 'm0 5a5 5 0 0 1 10 0a5 5 0 0 1-10 0z',
  warning: 'm5 0 5.5 10h-11z',
  unknown: 'm1 5a4 4 0 0 1 8 0a4 4 0 0 1-8 0m2 0a2 2 0 0 0 4 0a2 2 0 0 0-4 0z',
  healthy: 'm3 5a2 2 0 0 1 4 0a2 2 0 0 1-4 0z',
}
