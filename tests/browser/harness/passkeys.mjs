/** Passkeys: a virtual authenticator of the browser, in place of a phone's or computer's own.
 * https://chromedevtools.github.io/devtools-protocol/tot/WebAuthn/ */

/** Gives the current tab of a visitor a device with passkeys. It recognises its owner at once, unless `isVerified`
 * is false: then it refuses, as after a wrong fingerprint. */
export async function authenticator(visitor, { isVerified = true } = {}) {
  const { session } = visitor;
  await session.send('WebAuthn.enable', { enableUI: false });
  const { authenticatorId } = await session.send('WebAuthn.addVirtualAuthenticator', {
    options: {
      protocol: 'ctap2',
      ctap2Version: 'ctap2_1',
      transport: 'internal',
      hasResidentKey: true,
      hasUserVerification: true,
      isUserVerified: isVerified,
      automaticPresenceSimulation: true,
    },
  });
  return new Authenticator(session, authenticatorId);
}

class Authenticator {
  constructor(session, authenticatorId) {
    Object.assign(this, { session, authenticatorId });
  }

  /** Passkeys that the device holds: `{ credentialId, rpId, userHandle, signCount, privateKey, ... }`. */
  async passkeys() {
    const { authenticatorId } = this;
    return (await this.session.send('WebAuthn.getCredentials', { authenticatorId })).credentials;
  }

  /** Puts a passkey on this device, as a copy of a device would. */
  async add(credential) {
    const { authenticatorId } = this;
    await this.session.send('WebAuthn.addCredential', { authenticatorId, credential });
  }

  /** Whether the device recognises its owner from now on. */
  async verifies(isUserVerified) {
    const { authenticatorId } = this;
    await this.session.send('WebAuthn.setUserVerified', { authenticatorId, isUserVerified });
  }

  /** The device is lost: the tab has none from now on. */
  async lose() {
    const { authenticatorId } = this;
    await this.session.send('WebAuthn.removeVirtualAuthenticator', { authenticatorId });
  }
}
