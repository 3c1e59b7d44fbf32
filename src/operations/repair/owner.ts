import { readOwningStack } from '../../aws/stack.js'
import { type Fact, readAsFact } from '../../preflight/fact.js'
import { shown } from '../../shown.js'
import type { Session } from '../session.js'

type Tags = Readonly<Record<string, string>>

/** Something that a repair is going to change. */
interface Owned {
  /** `role worker-role` */
  readonly label: string
  /** As CloudFormation knows it: name of a role, URL of a queue. */
  readonly physicalId: string
  readonly tags: Fact<Tags>
  /** Tags of what belongs to it, where its own may be missing: the function of a role. */
  readonly besides?: { readonly label: string; readonly tags: Fact<Tags> }
}

export interface Owner {
  /** As part of a sentence: `CloudFormation stack shop (as WorkerRole)`; null: nobody that is known. */
  readonly stack: string | null
  /** A sentence each: what could not be asked, and tags of other tools. */
  readonly warnings: readonly string[]
}

/**
 * Who else writes this role or queue. CloudFormation is asked, which costs one call and is sure for the Region that is
 * asked; tags that only CloudFormation can set count as well, because a stack of another Region may own a role.
 * https://docs.aws.amazon.com/AWSCloudFormation/latest/UserGuide/aws-properties-resource-tags.html
 */
export async function readOwner(owned: Owned, { clients }: Session): Promise<Owner> {
  const answer = await readAsFact(readOwningStack(clients, owned.physicalId))
  const own = tagsIn(owned.tags)
  const beside = owned.besides ? tagsIn(owned.besides.tags) : {}
  const tagHints = [own, beside].flatMap((tags) => hintsIn(tags, owned.label))
  if (answer.state === 'known' && answer.value !== null) {
    return { stack: stackWords(answer.value.name, answer.value.logicalId), warnings: tagHints }
  }
  const tagged = stackIn(own)
  if (tagged !== null) return { stack: tagged, warnings: tagHints }
  const warnings = [...hintInName(owned, answer.state === 'known'), ...tagHints]
  if (answer.state === 'known') return { stack: null, warnings }
  const besideStack = stackIn(beside)
  if (besideStack !== null && owned.besides) {
    return { stack: `${besideStack}, which made ${owned.besides.label}`, warnings: tagHints }
  }
  const doubt = `Whether CloudFormation owns ${owned.label} could not be asked: ${answer.reason}.`
  const said =
    owned.tags.state === 'known' ? ' Its tags do not say so.' : ' Its tags could not be read either.'
  return { stack: null, warnings: [`${doubt}${said}`, ...warnings] }
}

/** Why nothing is changed that a stack owns. */
export function drift(label: string, stack: string): string {
  return `${capital(label)} belongs to ${stack}: a change here would make it drift from its template, which can take it back at any time. Change the template, or allow the drift (--allow-drift).`
}

/** The same as an effect, where the drift is allowed. */
export function driftAllowed(label: string, stack: string): string {
  return `${capital(label)} belongs to ${stack} and drifts from its template: the next update of the stack may take the change back, and deleting the stack may fail.`
}

const capital = (text: string) => `${text.charAt(0).toUpperCase()}${text.slice(1)}`

const tagsIn = (fact: Fact<Tags>): Tags => (fact.state === 'known' ? fact.value : {})

function stackIn(tags: Tags): string | null {
  const name = tags['aws:cloudformation:stack-name'] ?? tags['aws:cloudformation:stack-id']
  return name === undefined ? null : stackWords(name, tags['aws:cloudformation:logical-id'])
}

const stackWords = (name: string, logicalId: string | undefined) =>
  `CloudFormation stack ${name}${logicalId ? ` (as ${logicalId})` : ''}`

/**
 * A name as CloudFormation gives it, by stack and logical id. It is no proof: people write such names, too. What lives
 * in a Region is owned by a stack of that Region; a role may be owned by one of any.
 * https://docs.aws.amazon.com/AWSCloudFormation/latest/UserGuide/aws-properties-name.html
 * @param asked CloudFormation says that no stack of this Region owns it
 */
function hintInName({ label, physicalId }: Owned, asked: boolean): readonly string[] {
  const isQueue = physicalId.includes('/')
  const [, stack, logicalId, random = ''] = generatedName.exec(physicalId.split('/').at(-1) ?? '') ?? []
  if (stack === undefined || !/[A-Z]/.test(random) || !/\d/.test(random) || (asked && isQueue)) return []
  const where = asked ? ' of another Region' : ''
  return [
    `The name of ${label} is of the form that CloudFormation gives (stack ${stack}, ${logicalId}): if a stack${where} owns it, its next update may take the change back.`,
  ]
}

const generatedName = /^([A-Za-z][\w-]*)-([A-Za-z0-9]+)-([A-Za-z0-9]{12,13})$/

/** Tags by which other tools mark what they make. People set them too, so they are a hint and no proof. */
function hintsIn(tags: Tags, label: string): readonly string[] {
  return Object.entries(tags)
    .filter(([key, value]) => otherTool.test(key) || (key === 'lambda:createdBy' && value === 'SAM'))
    .slice(0, 1)
    .map(
      ([key, value]) =>
        `Tag ${shown(`${key}=${value}`)} says that another tool looks after ${label}: its next run may take the change back.`,
    )
}

const otherTool = /^(?:aws-cdk:|sst:|pulumi:|terraform|managed-?by$)/i
