"""
Runs one unmodified aws-cli for many commands: its modules are loaded once, all else happens as `aws` does it.
Each line of standard input is a command in JSON, each line of standard output what became of it. Beside what aws-cli
prints stand the `differences` of the raw answer from the output shape of botocore, by which aws-cli reads it: clients
pass over members that they do not know, and over those that are missing, without a word.
"""
import contextlib
import io
import json
import os
import re
import sys
import xml.etree.ElementTree as ElementTree
from datetime import datetime

from awscli.clidriver import create_clidriver
from botocore import xform_name

scalars = {
    "string": str,
    "blob": str,
    "integer": int,
    "long": int,
    "float": (int, float),
    "double": (int, float),
    "boolean": bool,
}


def wire_members(shape):
    """The members that stand in the body, by the name that they have there."""
    located = {name: member for name, member in shape.members.items() if "location" not in member.serialization}
    return {member.serialization.get("name", name): (name, member) for name, member in located.items()}


def json_differences(value, shape, path):
    if shape.type_name == "structure":
        if not isinstance(value, dict):
            return [f"{path} is no structure"]
        known = wire_members(shape)
        found = [f"{path}.{name} is no member" for name in value if name not in known]
        found += missing(shape, known, value, path)
        for name, member in value.items():
            if name in known:
                found += json_differences(member, known[name][1], f"{path}.{name}")
        return found
    if shape.type_name == "list":
        if not isinstance(value, list):
            return [f"{path} is no list"]
        return [text for item in value for text in json_differences(item, shape.member, f"{path}[]")]
    if shape.type_name == "map":
        if not isinstance(value, dict):
            return [f"{path} is no map"]
        return [text for name in value for text in json_differences(value[name], shape.value, f"{path}.{name}")]
    if shape.type_name == "timestamp":
        iso = shape.serialization.get("timestampFormat") == "iso8601"
        right = isinstance(value, str if iso else (int, float)) and not isinstance(value, bool)
        return [] if right else [f"{path} is no time: {value!r}"]
    wanted = scalars[shape.type_name]
    if not isinstance(value, wanted) or (isinstance(value, bool) and wanted is not bool):
        return [f"{path} is no {shape.type_name}: {value!r}"]
    return outside(value, shape, path)


def xml_differences(node, shape, path):
    if shape.type_name == "structure":
        known = wire_members(shape)
        present = {plain(child.tag) for child in node}
        found = [f"{path}.{name} is no member" for name in sorted(present - known.keys())]
        found += missing(shape, known, present, path)
        for child in node:
            name = plain(child.tag)
            if name in known:
                found += xml_differences(child, known[name][1], f"{path}.{name}")
        return found
    if shape.type_name == "list":
        inside = shape.member.serialization.get("name", "member")
        found = [f"{path} holds {plain(child.tag)}" for child in node if plain(child.tag) != inside]
        return found + [text for child in node for text in xml_differences(child, shape.member, f"{path}[]")]
    if shape.type_name == "map":
        names = {"key", "value"}
        return [f"{path} holds no entry" for entry in node if {plain(part.tag) for part in entry} != names]
    text = node.text or ""
    if shape.type_name == "timestamp":
        return [] if is_iso(text) else [f"{path} is no time: {text!r}"]
    if shape.type_name == "boolean" and text not in ("true", "false"):
        return [f"{path} is no boolean: {text!r}"]
    if shape.type_name in ("integer", "long") and not re.fullmatch(r"-?\d+", text):
        return [f"{path} is no {shape.type_name}: {text!r}"]
    return outside(text, shape, path)


def missing(shape, known, present, path):
    required = [name for name, (member, _) in known.items() if member in shape.required_members]
    return [f"{path}.{name} is missing" for name in required if name not in present]


def outside(value, shape, path):
    allowed = getattr(shape, "enum", [])
    return [f"{path} is none of its words: {value!r}"] if allowed and value not in allowed else []


def plain(tag):
    return tag.rpartition("}")[2]


def is_iso(text):
    try:
        datetime.fromisoformat(text.replace("Z", "+00:00"))
    except ValueError:
        return False
    return True


def differences(operation_model, response):
    """What is in the body of a success and not in the output shape, or the other way round."""
    shape = operation_model.output_shape
    body = response["body"]
    if response["status_code"] >= 300 or operation_model.has_streaming_output:
        return []
    if operation_model.service_model.resolved_protocol == "query":
        wrapper = shape.serialization.get("resultWrapper") if shape else None
        root = ElementTree.fromstring(body)
        inner = [child for child in root if plain(child.tag) == wrapper]
        beside = [plain(child.tag) for child in root if plain(child.tag) not in (wrapper, "ResponseMetadata")]
        found = [f"{name} stands beside the result" for name in beside]
        return found + (xml_differences(inner[0], shape, operation_model.name) if inner else [])
    if shape is None or not body:
        return [f"a body where none belongs: {body!r}"] if body and json.loads(body) else []
    return json_differences(json.loads(body), shape, operation_model.name)


def driver_for(env):
    """One driver for each environment: it is read once, as is the model of a service."""
    key = json.dumps(env, sort_keys=True)
    if key not in drivers:
        os.environ.update(env)
        drivers[key] = create_clidriver()
        drivers[key].session.register("before-parse", compare)
    return drivers[key]


drivers, found = {}, []


def compare(operation_model, response_dict, **_):
    found.extend(differences(operation_model, response_dict))


def perform(command):
    out, err = io.StringIO(), io.StringIO()
    found.clear()
    driver = driver_for(command["env"])
    arguments = [command["service"], xform_name(command["operation"], "-"), *command["arguments"]]
    with contextlib.redirect_stdout(out), contextlib.redirect_stderr(err):
        code = driver.main(arguments)
    return {"code": code, "stdout": out.getvalue(), "stderr": err.getvalue(), "differences": sorted(set(found))}


for line in sys.stdin:
    try:
        answer = perform(json.loads(line))
    except SystemExit as end:
        answer = {"code": end.code, "stdout": "", "stderr": f"aws-cli ended: {end.code}", "differences": []}
    print(json.dumps(answer), flush=True)
