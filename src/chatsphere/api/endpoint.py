"""One decorator for every endpoint: what its signature says is what is read, checked, answered and documented.

A parameter annotated with a `Query`, `Body`, `Form` or `Piece` is read from there; every other one is a part of the
path. The return annotation is `Reply[Model]`, or a Response for bytes. Checks run in the contract's order: sign-in,
other sites, what is there and whose it is, the body's kind, size and syntax, its fields; conflicts are the core's to
find.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from contextlib import ExitStack
from dataclasses import dataclass, field
from typing import Any, Generic, Protocol, TypeVar, get_args, get_origin, get_type_hints
from urllib.parse import quote, urlencode

from flask import Response, request
from pydantic import BaseModel, ConfigDict, ValidationError
from pydantic_core import to_json

from chatsphere.api import bodies, parts
from chatsphere.core.errors import FieldError, Invalid, Refusal
from chatsphere.http import limits
from chatsphere.http.identity import me, refuse_cross_site, signed_in
from chatsphere.http.responses import Response as Answer

T = TypeVar("T")
V = TypeVar("V", bound=Callable[..., Any])

# Path parts that name a user; there `me` stands for one's own id.
_USERS = frozenset({"user_id", "user1_id", "user2_id", "sender_id"})


class Query(BaseModel):
    """The parameters of an address; unknown ones are refused."""

    model_config = ConfigDict(extra="forbid", frozen=True)


class Body(BaseModel):
    """A JSON object; unknown fields are refused and nothing is converted."""

    model_config = ConfigDict(extra="forbid", frozen=True, strict=True)


class Form(BaseModel):
    """The parts of a multipart body; unknown ones are refused."""

    model_config = ConfigDict(extra="forbid", frozen=True, arbitrary_types_allowed=True)


class Piece(BaseModel):
    """A body that is part of a file, as it is, and where in the file it begins."""

    model_config = ConfigDict(extra="forbid", frozen=True)

    start: int
    data: bytes


@dataclass(frozen=True, slots=True)
class Reply(Generic[T]):
    """What is answered: JSON in the shape of `T`, encoded or not, and where the next page begins."""

    json: Any = None
    status: int | None = None
    next: Mapping[str, Any] | None = None
    then: Callable[[Response], None] | None = None


class Right(Protocol):
    """Refuses whoever may not do this at all; `raw` is what could be read of the body."""

    def __call__(self, raw: Mapping[str, Any], **path: str) -> None: ...


@dataclass(frozen=True, slots=True)
class Endpoint:
    """One operation of the API: everything that is needed to answer it and to write its documentation."""

    method: str
    rule: str
    view: Callable[..., Any]
    status: int = 200
    open: bool = False
    right: Right | None = None
    right_first: bool = False
    limit: str | None = None
    also: tuple[int, ...] = ()
    inputs: Mapping[str, type[BaseModel]] = field(default_factory=dict)
    returns: Any = None

    @property
    def name(self) -> str:
        """What it is called in the routes and in the document."""
        return f"{self.view.__module__.rsplit('.', 1)[-1]}_{self.view.__name__.strip('_')}"

    def of(self, kind: type[BaseModel]) -> type[BaseModel] | None:
        """The model of its query, body or form."""
        return next((model for model in self.inputs.values() if issubclass(model, kind)), None)

    @property
    def route(self) -> Callable[..., Response]:
        """Itself as a function, which is what Flask and Flask-Limiter take."""

        def answer(**path: str) -> Response:
            return self.answer(path)

        answer.__name__ = answer.__qualname__ = self.name
        return answer

    def answer(self, path: dict[str, str]) -> Response:
        """Answer one request."""
        if not self.open:
            signed_in()
        refuse_cross_site()
        path = {name: me() if part == "me" and name in _USERS else part for name, part in path.items()}
        if self.limit:
            limits.check(self.limit)
        if self.right and self.right_first:
            self.right({}, **path)
        with ExitStack() as stack:
            given = self._read(stack, path)
            return _answer(self.view(**path, **given), self.status)

    def _read(self, stack: ExitStack, path: Mapping[str, str]) -> dict[str, BaseModel]:
        raw: Mapping[str, Any] = {}
        try:
            raw = self._raw(stack)
            return self._checked(raw)
        except Refusal:
            # Who may not do it at all hears that, whatever is wrong with the words; asked only now, for core asks too.
            if self.right:
                self.right(raw, **path)
            raise

    def _raw(self, stack: ExitStack) -> Mapping[str, Any]:
        if self.of(Body):
            return bodies.read()
        if form := self.of(Form):
            return parts.received(stack, form)
        if self.of(Piece):
            return bodies.piece()
        return {}

    def _checked(self, raw: Mapping[str, Any]) -> dict[str, BaseModel]:
        checked, errors = {}, [] if self.of(Query) else _unknown_parameters()
        for name, model in self.inputs.items():
            try:
                checked[name] = model.model_validate(_parameters() if issubclass(model, Query) else raw)
            except ValidationError as error:
                errors += bodies.field_errors(error)
        if errors:
            raise Invalid("; ".join(dict.fromkeys(f"{e.field}: {e.message}" for e in errors)), errors=tuple(errors))
        return checked


registered: list[Endpoint] = []


def endpoint(method: str, rule: str, **how: Any) -> Callable[[V], V]:
    """Register a view as an operation; `how` are the fields of `Endpoint`."""

    def register(view: V) -> V:
        hints = get_type_hints(view)
        returns = hints.pop("return")
        inputs = {name: hint for name, hint in hints.items() if isinstance(hint, type) and issubclass(hint, BaseModel)}
        model = get_args(returns)[0] if get_origin(returns) is Reply else None
        registered.append(Endpoint(method, rule, view, inputs=inputs, returns=model, **how))
        return view

    return register


def _answer(result: Reply[Any] | Response, status: int) -> Response:
    if isinstance(result, Response):
        return result
    status = result.status or status
    if status == 204:
        answer: Response = Answer(status=status)
        del answer.headers["Content-Type"]
    else:
        body = result.json if isinstance(result.json, bytes) else to_json(result.json)
        answer = Answer(body, status, content_type="application/json")
    if result.next is not None:
        answer.headers["Link"] = f'<{_address(result.next)}>; rel="next"'
    if result.then:
        result.then(answer)
    return answer


def _address(changed: Mapping[str, Any]) -> str:
    """This request's own path and parameters with some changed; None takes one out."""
    parameters = {**request.args.to_dict(), **changed}
    return f"{quote(request.path)}?{urlencode({name: v for name, v in parameters.items() if v is not None})}"


def _parameters() -> dict[str, Any]:
    """The query's parameters; one given twice is left as a list, which no field takes."""
    return {name: values[0] if len(values) == 1 else values for name, values in request.args.lists()}


def _unknown_parameters() -> list[FieldError]:
    return [FieldError(bodies.shown(name), "is not a parameter here") for name in request.args]
