"""What Google says of a channel that can't be, or isn't there; in every API alike."""

from __future__ import annotations

from sandbox.call import ApiError


def channel_not_unique(name: str) -> ApiError:
    return ApiError(400, f"Channel id {name} not unique", reason="channelIdNotUnique")


def channel_not_found(name: str) -> ApiError:
    return ApiError(404, f"Channel '{name}' not found for project 'sandbox'", reason="notFound")


def webhook_not_https(address: str) -> ApiError:
    return ApiError(400, f"WebHook callback must be HTTPS: {address}", reason="push.webhookUrlNotHttps")


def required(message: str) -> ApiError:
    return ApiError(400, message, reason="required")


def invalid(message: str) -> ApiError:
    return ApiError(400, message, reason="invalid")
