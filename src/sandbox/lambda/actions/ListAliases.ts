import { defineAction } from '../../define-action.js'
import { text } from '../../members.js'
import { aliasConfiguration } from '../alias.js'
import { findTarget, onFunction, readTarget } from '../function-target.js'
import { page, readPaging } from '../paging.js'

/** https://docs.aws.amazon.com/lambda/latest/api/API_ListAliases.html */
export default defineAction({
  service: 'lambda',
  name: 'ListAliases',
  rest: { method: 'GET', path: '/2015-03-31/functions/{FunctionName}/aliases', status: 200 },
  decode: (raw) => ({
    ...readTarget(raw),
    functionVersion: text(raw, 'FunctionVersion'),
    paging: readPaging(raw, 50),
  }),
  needs: (input, call) => onFunction('lambda:ListAliases', input, call),
  run: ({ functionVersion, paging, ...target }, call) => {
    const { fn } = findTarget(target, call)
    const aliases = [...fn.aliases.values()].filter(
      (alias) => functionVersion === undefined || alias.functionVersion === functionVersion,
    )
    const { items, ...rest } = page(aliases, ({ name }) => name, paging)
    return { ...rest, Aliases: items.map((alias) => aliasConfiguration(fn, alias)) }
  },
})
