import { defineAction } from '../../define-action.js'
import { text } from '../../members.js'
import { listedConfiguration } from '../describe-function.js'
import { page, readPaging } from '../paging.js'

/** Never more than 50 a page. https://docs.aws.amazon.com/lambda/latest/api/API_ListFunctions.html */
export default defineAction({
  service: 'lambda',
  name: 'ListFunctions',
  rest: { method: 'GET', path: '/2015-03-31/functions', status: 200 },
  decode: (raw) => ({ paging: readPaging(raw, 50), all: text(raw, 'FunctionVersion') === 'ALL' }),
  needs: () => [{ action: 'lambda:ListFunctions', resource: '*' }],
  run: ({ paging, all }, { world, principal, region }) => {
    const listed = [...world.lambda.functions.values()]
      .filter((fn) => fn.account === principal.account && fn.region === region)
      .sort((one, other) => (one.name < other.name ? -1 : 1))
      .flatMap((fn) => [fn.latest, ...(all ? fn.versions.values() : [])].map((version) => ({ fn, version })))
    const { items, ...rest } = page(listed, ({ fn, version }) => `${fn.name}:${version.version}`, paging)
    const arn = (name: string, version: string) => (all ? `${name}:${version}` : name)
    return {
      ...rest,
      Functions: items.map(({ fn, version }) =>
        listedConfiguration(world, fn, version, arn(fn.arn, version.version)),
      ),
    }
  },
})
