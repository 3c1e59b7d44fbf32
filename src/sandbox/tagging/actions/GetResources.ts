import { AwsFault } from '../../aws-fault.js'
import { type Call, defineAction } from '../../define-action.js'
import type { RawInput } from '../../raw-input.js'

interface Filter {
  readonly key: string
  /** Empty: any value. */
  readonly values: readonly string[]
}

/** AWS answers no more in a page, and as many where nothing is said. */
const pageLimit = 100

/**
 * https://docs.aws.amazon.com/resourcegroupstagging/latest/APIReference/API_GetResources.html, for event source mappings.
 * AWS tells of resources that are or once were tagged; here of those that are.
 */
export default defineAction({
  service: 'tag',
  name: 'GetResources',
  decode: (raw) => ({
    types: texts(raw.ResourceTypeFilters),
    filters: filtersIn(raw),
    limit: limitIn(raw),
    after: typeof raw.PaginationToken === 'string' ? raw.PaginationToken : '',
  }),
  needs: () => [{ action: 'tag:GetResources', resource: '*' }],
  run: ({ types, filters, limit, after }, call) => {
    const ofType = types.length === 0 || types.some((type) => type === 'lambda' || type === mappingType)
    const found = ofType ? taggedMappings(call).filter(({ tags }) => filters.every(fits(tags))) : []
    const start = after === '' ? 0 : found.findIndex(({ arn }) => arn === decoded(after)) + 1
    const page = found.slice(start, start + limit)
    const last = page.at(-1)
    const more = last !== undefined && start + page.length < found.length
    return {
      PaginationToken: more ? Buffer.from(last.arn).toString('base64') : '',
      ResourceTagMappingList: page.map(({ arn, tags }) => ({
        ResourceARN: arn,
        Tags: Object.entries(tags).map(([Key, Value]) => ({ Key, Value })),
      })),
    }
  },
})

const mappingType = 'lambda:event-source-mapping'

const taggedMappings = ({ world, principal, region }: Call) =>
  [...world.eventSources.mappings.values()].filter(
    (mapping) =>
      mapping.account === principal.account &&
      mapping.region === region &&
      Object.keys(mapping.tags).length > 0,
  )

const fits =
  (tags: Readonly<Record<string, string>>) =>
  ({ key, values }: Filter) =>
    Object.hasOwn(tags, key) && (values.length === 0 || values.includes(tags[key] ?? ''))

const decoded = (token: string) => Buffer.from(token, 'base64').toString()

const texts = (value: unknown): readonly string[] =>
  Array.isArray(value) ? value.filter((item) => typeof item === 'string') : []

function filtersIn({ TagFilters: filters }: RawInput): readonly Filter[] {
  if (!Array.isArray(filters)) return []
  return filters.flatMap((filter: unknown) => {
    const { Key, Values } = Object(filter)
    return typeof Key === 'string' ? [{ key: Key, values: texts(Values) }] : []
  })
}

function limitIn({ ResourcesPerPage: limit }: RawInput): number {
  if (limit === undefined || limit === null) return pageLimit
  if (typeof limit === 'number' && limit >= 1 && limit <= pageLimit) return limit
  throw new AwsFault('InvalidParameterException', 'ResourcesPerPage must be between 1 and 100.', {
    recorded: false,
  })
}
