/**
 * A text in double quotes as JSON, YAML, HCL and TypeScript read it alike. JSON leaves some characters as they are that
 * YAML takes in no text, or that a terminal obeys. https://yaml.org/spec/1.2.2/#51-character-set
 */
export const quotedText = (text: string) =>
  JSON.stringify(text).replace(
    /[\u007f-\u009f\u2028\u2029\ufeff\ufffe\uffff]/g,
    (character) => `\\u${character.charCodeAt(0).toString(16).padStart(4, '0')}`,
  )
