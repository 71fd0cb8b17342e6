"""Device and server keys: sign, verify, seal to a receiver, and open what was sealed to us."""

from __future__ import annotations

import hashlib
from dataclasses import dataclass, field

from nacl.bindings import crypto_box_seal_open
from nacl.exceptions import CryptoError
from nacl.public import Box, PrivateKey, PublicKey
from nacl.signing import SigningKey, VerifyKey

KEY_BYTES = 32
LETTERS = "0123456789ABCDEFGHJKMNPQRSTVWXYZ"
MARK_CHARS = 5


@dataclass(frozen=True, slots=True)
class KeyPair:
    """The two private keys of a device or of the server, and what they can do."""

    signing: SigningKey = field(repr=False)
    box: PrivateKey = field(repr=False)

    @property
    def verify_bytes(self) -> bytes:
        """The public Ed25519 key."""
        return bytes(self.signing.verify_key)

    @property
    def box_bytes(self) -> bytes:
        """The public X25519 key."""
        return bytes(self.box.public_key)

    def sign(self, content: bytes) -> bytes:
        """The 64-byte Ed25519 signature."""
        return self.signing.sign(content).signature

    def seal(self, content: bytes, receiver: bytes, purpose: bytes) -> bytes:
        """Encrypt to a receiver's X25519 key with a one-time key.

        The result is what any sealed-box reader opens. The one-time key is drawn from our secret,
        the purpose and the content, so that sealing the same twice gives the same bytes.
        """
        digest = hashlib.blake2b(
            purpose + hashlib.sha256(content).digest() + receiver,
            key=bytes(self.signing),
            digest_size=KEY_BYTES,
        ).digest()
        once = PrivateKey(digest)
        public = bytes(once.public_key)
        nonce = hashlib.blake2b(public + receiver, digest_size=Box.NONCE_SIZE).digest()
        return public + Box(once, PublicKey(receiver)).encrypt(content, nonce).ciphertext

    def open(self, sealed: bytes) -> bytes | None:
        """The content that somebody sealed to us, or None when it is not for us or was altered."""
        try:
            return crypto_box_seal_open(sealed, self.box_bytes, bytes(self.box))
        except (CryptoError, TypeError, ValueError):
            return None


def new_pair() -> KeyPair:
    """Fresh random keys."""
    return KeyPair(SigningKey.generate(), PrivateKey.generate())


def pair_from(signing: bytes, box: bytes) -> KeyPair:
    """Keys from the two stored 32-byte secrets."""
    return KeyPair(SigningKey(signing), PrivateKey(box))


def verified(content: bytes, signature: bytes, verify_key: bytes) -> bool:
    """Whether the signature over the content is of the owner of the Ed25519 key."""
    try:
        VerifyKey(verify_key).verify(content, signature)
    except (CryptoError, ValueError, TypeError):
        return False
    return True


def key_id(box_key: bytes) -> str:
    """A short name of a receiver's key, so that he knows with which one to open."""
    return hashlib.sha256(box_key).hexdigest()[:16]


def server_mark(verify_key: bytes) -> str:
    """Five letters that stand for the server's public key at the end of its enrolment codes."""
    number = int.from_bytes(hashlib.sha256(b"server mark" + verify_key).digest()[:8], "big")
    return "".join(LETTERS[number >> 5 * place & 31] for place in range(MARK_CHARS))


def code_hash(plain: str) -> str:
    """What the server keeps of a one-time code."""
    return hashlib.sha256(b"enrolment code" + plain.encode()).hexdigest()


def plain_code(typed: str) -> str:
    """A code as typed or copied, without blanks and dashes; O, I and L are read as 0 and 1."""
    letters = "".join(letter for letter in typed.upper() if letter.isalnum())
    return letters.replace("O", "0").replace("I", "1").replace("L", "1")
