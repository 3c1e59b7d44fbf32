/** A file as text, made small by the build. */
declare module '*?raw' {
  const text: string
  export default text
}
