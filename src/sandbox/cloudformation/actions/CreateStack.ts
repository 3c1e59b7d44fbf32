import { randomUUID } from 'node:crypto'
import { AwsFault } from '../../aws-fault.js'
import { defineAction } from '../../define-action.js'
import { text, texts } from '../../members.js'
import { pairsIn, readTemplate } from '../read-template.js'
import { createResources } from '../run-stack.js'
import { afterAnswer, lookUpStack, onStack, tell } from '../stack.js'
import type { MadeStack } from '../state.js'

/** https://docs.aws.amazon.com/AWSCloudFormation/latest/APIReference/API_CreateStack.html */
export default defineAction({
  service: 'cloudformation',
  name: 'CreateStack',
  decode: (raw) => ({
    name: stackName(text(raw, 'StackName') ?? ''),
    token: text(raw, 'ClientRequestToken'),
    template: readTemplate(raw),
    capabilities: raw.Capabilities === '' ? [] : (texts(raw, 'Capabilities') ?? []),
    tags: new Map(pairsIn(raw, 'Tags').map((tag) => [text(tag, 'Key') ?? '', text(tag, 'Value') ?? ''])),
  }),
  needs: ({ name }, call) => onStack('CreateStack', name, call),
  run: ({ name, token, template, capabilities, tags }, call) => {
    const { world, region, principal } = call
    const taken = lookUpStack(call, name)
    // The same request once more: its token says so.
    if (taken && token !== undefined && taken.token === token) return { StackId: taken.id }
    if (taken) throw new AwsFault('AlreadyExistsException', `Stack [${name}] already exists`)
    const makesRoles = Object.values(template.resources).some(({ type }) => type === 'AWS::IAM::Role')
    if (makesRoles && !capabilities.some((one) => /^CAPABILITY_(?:NAMED_)?IAM$/.test(one))) {
      throw new AwsFault('InsufficientCapabilitiesException', 'Requires capabilities : [CAPABILITY_IAM]')
    }
    const { account } = principal
    const stack: MadeStack = {
      id: `arn:${world.partition}:cloudformation:${region}:${account}:stack/${name}/${randomUUID()}`,
      ...{ name, token, account, region, template, tags },
      createdAt: world.clock.now(),
      operation: 1,
      deletedAt: undefined,
      status: 'CREATE_IN_PROGRESS',
      statusReason: undefined,
      outputs: [],
      made: new Map(),
      events: [],
    }
    world.madeStacks.set(stack.id, stack)
    tell(call, stack, 'CREATE_IN_PROGRESS', { reason: 'User Initiated' })
    // The answer comes first; what fails stands in the events.
    void createResources(stack, afterAnswer(call))
    return { StackId: stack.id }
  },
})

function stackName(name: string): string {
  if (/^[a-zA-Z][-a-zA-Z0-9]{0,127}$/.test(name)) return name
  throw new AwsFault('ValidationError', `${name} is no name of a stack.`, { recorded: false })
}
