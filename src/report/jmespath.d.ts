/** What is used of the library, which brings no types of its own. */
declare module 'jmespath' {
  const jmespath: {
    search(data: unknown, expression: string): unknown
    /** The expression as a tree; throws where it cannot be read. */
    compile(expression: string): unknown
    tokenize(expression: string): readonly { readonly type: string; readonly start: number }[]
  }
  export default jmespath
}
