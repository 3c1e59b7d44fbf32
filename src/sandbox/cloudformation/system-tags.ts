import type { Call } from '../define-action.js'
import type { MadeResource, MadeStack } from './state.js'

/**
 * Tags what a stack made as CloudFormation does by itself, over and above the tags of the template. Nobody else may set
 * them, so that no action does it. Not every type gets them; these three do.
 * https://docs.aws.amazon.com/AWSCloudFormation/latest/TemplateReference/aws-properties-resource-tags.html
 */
export function addSystemTags(stack: MadeStack, made: MadeResource, { world }: Call): void {
  const { type, physicalId, logicalId, attributes } = made
  const tags = {
    'aws:cloudformation:stack-name': stack.name,
    'aws:cloudformation:stack-id': stack.id,
    'aws:cloudformation:logical-id': logicalId,
  }
  if (type === 'AWS::Lambda::EventSourceMapping') {
    const { mappings } = world.eventSources
    const mapping = mappings.get(physicalId)
    if (mapping) mappings.set(physicalId, { ...mapping, tags: { ...mapping.tags, ...tags } })
    return
  }
  const tagged = [...world.sqs.queues.values(), ...world.lambda.functions.values()]
  const resource = tagged.find(({ arn }) => arn === attributes.Arn)
  for (const [key, value] of Object.entries(tags)) resource?.tags.set(key, value)
}
