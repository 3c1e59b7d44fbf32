import type { ExportedMapping, ExportWorld } from './export-world.js'

/** The CloudFormation stack that made the mapping, by its tags; undefined: none, or its tags could not be read. */
export const stackOf = ({ tags }: ExportedMapping): string | undefined =>
  tags.state === 'known' ? tags.value['aws:cloudformation:stack-name'] : undefined

/**
 * The world without the mappings that belong to a stack, and a sentence on each. They stand in a template already, and
 * CloudFormation imports nothing that another stack has.
 * https://docs.aws.amazon.com/AWSCloudFormation/latest/UserGuide/import-resources-manually.html
 * @param isNamed whether the caller chose them: otherwise the sentence says how
 */
export function withoutStacked(
  world: ExportWorld,
  isNamed: boolean,
): { readonly world: ExportWorld; readonly leftOut: readonly string[] } {
  const leftOut = world.mappings.flatMap((one) => {
    const stack = stackOf(one)
    if (stack === undefined) return []
    const [queue = '', called = ''] = [one.mapping.queueArn, one.functionArn].map((arn) =>
      arn.split(':').at(-1),
    )
    const why = `${queue} to ${called} belongs to the CloudFormation stack ${stack}, and is left out`
    return [isNamed ? `${why}.` : `${why}; --queue ${queue} writes it down all the same.`]
  })
  const mappings = world.mappings.filter((one) => stackOf(one) === undefined)
  return { world: { ...world, mappings }, leftOut }
}
