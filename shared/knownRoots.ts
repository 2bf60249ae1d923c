// Names of the public root certificates whose hashes AMT firmware is delivered with, so that a hello can be read by a person.

/**
 * SHA-256 and SHA-1 thumbprints in lower-case hex. Which of them a device has depends on its firmware and maker; from AMT 11 on
 * there are no SHA-1 hashes by default (Intel AMT Implementation and Reference Guide, Root Certificate Hashes).
 */
const names: Readonly<Record<string, string>> = {
  e7685634efacf69ace939a6b255b7b4fabef42935b50a265acb5cb6027e44e70: 'VeriSign Class 3 Primary CA G1',
  '742c3192e607e424eb4549542be1bbc53e6174e2': 'VeriSign Class 3 Primary CA G1',
  '83ce3c1229688a593d485f81973c0f9195431eda37cc5e36430e79c7a888638b': 'VeriSign Class 3 Primary CA G2',
  '85371ca6e550143dce2803471bde3a09e8f8770f': 'VeriSign Class 3 Primary CA G2',
  eb04cf5eb1f39afa762f2bb120f296cba520c1b97db1589565b81cb9a17b7244: 'VeriSign Class 3 Primary CA G3',
  '132d0d45534b6997cdb2d5c339e25576609b5cc6': 'VeriSign Class 3 Primary CA G3',
  '69ddd7ea90bb57c93e135dc85ea6fcd5480b603239bdc454fc758b2a26cf7f79': 'VeriSign Class 3 Primary CA G4',
  '9acfab7e43c8d880d06b262a94deeee4b4659989c3d0caf19baf6405e41ab7df': 'VeriSign Class 3 Primary CA G5',
  '4eb6d578499b1ccf5f581ead56be3d9b6744a5e5': 'VeriSign Class 3 Primary CA G5',
  '2399561127a57125de8cefea610ddf2fa078b5c8067f4e828290bfb860e84b3c': 'VeriSign Universal Root CA',
  c3846bf24b9e93ca64274c0ec67c1ecc5e024ffcacd2d74019350e81fe546ae4: 'Go Daddy Class 2 CA',
  '2796bae63f1801e277261ba0d77770028f20eee4': 'Go Daddy Class 2 CA',
  '45140b3247eb9cc8c5b4f0d7b53091f73292089e6e5a63e2749dd3aca9198eda': 'Go Daddy Root CA G2',
  '47beabc922eae80e78783462a79f45c254fde68b': 'Go Daddy Root CA G2',
  '1465fa205397b876faa6f0a9958e5590e40fcc7faa4fb7c2c8677521fb5fb658': 'Starfield Class 2 CA',
  ad7e1c28b064ef8f6003402014c3d0e3370eb58a: 'Starfield Class 2 CA',
  '2ce1cb0bf9d2f9e102993fbe215152c3b2dd0cabde1c68e5319b839154dbb7f5': 'Starfield Root CA G2',
  b51c067cee2b0c3df855ab2d92f4fe39d4e70f0e: 'Starfield Root CA G2',
  d7a7a0fb5d7e2731d771e9484ebcdef71d5f0c3e0a2948782bc83ee0ea699ef4: 'Comodo AAA Certificate Services',
  d1eb23a46d17d68fd92564c2f1f1601764d8e349: 'Comodo AAA Certificate Services',
  '52f0e1c4e58ec629291b60317f074671b85d7ea80d5b07273463534b32b40234': 'COMODO RSA CA',
  afe5d244a8d1194230ff479fe2f897bbcd7a8cb4: 'COMODO RSA CA',
  e793c9b02fd8aa13e21c31228accb08119643b749c898964b1746d46c3d4cbd2: 'USERTrust RSA CA',
  '2b8f1b57330dbba2d07a6c51f70ee90ddab9ad8e': 'USERTrust RSA CA',
  '16af57a9f676b0ab126095aa5ebadef22ab31119d644ac95cd4b93dbf3f26aeb': 'Baltimore CyberTrust Root',
  d4de20d05e66fc53fe1a50882c78db2852cae474: 'Baltimore CyberTrust Root',
  cb3ccbb76031e5e0138f8dd39a23f9de47ffc35e43c1144cea27d46a5ab1cb5f: 'DigiCert Global Root G2',
  df3c24f9bfd666761b268073fe06d1cc8d4f82a4: 'DigiCert Global Root G2',
  '31ad6648f8104138c738f39ea4320133393e3a18cc02296ef97c2ac9ef6731d0': 'DigiCert Global Root G3',
  '7e04de896a3e666d00e687d33ffad93be83d349e': 'DigiCert Global Root G3',
  cbb522d7b7f127ad6a0113865bdf1cd4102e7d0759af635a7cf4720dc963c53b: 'GlobalSign Root CA R3',
  d69b561148f01c77c54578c10926df5b856976ad: 'GlobalSign Root CA R3'
}

/** What the root with this thumbprint is called; undefined when it is none of those that firmware commonly has. */
export const rootName = (thumbprint: string): string | undefined => names[thumbprint.toLowerCase()]

/** "Go Daddy Root CA G2", or the beginning of a thumbprint that is not widely known. */
export const rootWords = (thumbprint: string): string =>
  rootName(thumbprint) ?? `${thumbprint.slice(0, 16)}… (not a well-known one)`
