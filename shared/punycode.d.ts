// The file is named in full, because the bare name would be the module built into Node; its types are those of the package.
declare module 'punycode/punycode.js' {
  import * as punycode from 'punycode'
  export default punycode
}
