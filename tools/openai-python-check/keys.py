"""What a server says that asks for keys."""

import openai

from checking import Failed, expect, refused
from completions import QUESTION


class Keys:
    """The limited key may ask for completions only, and once a minute."""

    def __init__(self, client: openai.OpenAI, model: str, limited: str) -> None:
        self.client = client
        self.limited = client.with_options(api_key=limited)
        self.model = model

    def checks(self):
        return [
            ("a wrong key is refused", self.wrong),
            ("a route beyond the key's scopes is refused", self.scope),
            ("a key's limit is told and kept", self.rate),
        ]

    def ask(self, client: openai.OpenAI):
        return client.chat.completions.with_raw_response.create(
            model=self.model, messages=QUESTION, max_completion_tokens=1)

    def wrong(self) -> str:
        refused(openai.AuthenticationError, lambda: self.client.with_options(api_key="unused").models.list())
        return refused(openai.AuthenticationError, lambda: self.ask(self.client.with_options(api_key="sk-wrong")))

    def scope(self) -> str:
        return refused(openai.PermissionDeniedError,
                       lambda: self.limited.responses.create(model=self.model, input="Hello"), "responses")

    def rate(self) -> str:
        """The minute may end once between requests, not twice."""
        for _ in range(3):
            try:
                headers = self.ask(self.limited).headers
                expect(headers["x-ratelimit-limit-requests"] == "1", f"headers {headers}")
            except openai.RateLimitError as e:
                expect(0 < float(e.response.headers["retry-after"]) <= 60, f"headers {e.response.headers}")
                return f"{type(e).__name__}, retry after {e.response.headers['retry-after']} s: {e.message}"
        raise Failed("three requests a minute were served, and one is allowed")
